package io.trails.internal.terminal;

import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** The attached programs of this JVM, so that none is started twice. Thread-safe. */
final class AttachedPrograms {
    private final ConcurrentHashMap<Path, CompletableFuture<AttachedProgram>> programs = new ConcurrentHashMap<>();

    Optional<AttachedProgram> find(TerminalFiles files) {
        CompletableFuture<AttachedProgram> start = programs.get(files.directory());
        return start == null ? Optional.empty() : Optional.of(started(start));
    }

    void forget(TerminalFiles files) {
        programs.remove(files.directory());
    }

    /** Starts a program, or gives the one that was started, also by an earlier host if it came to its end. */
    Program start(String name, TerminalFiles files, TerminalRequest request, Sandbox sandbox) {
        var mine = new CompletableFuture<AttachedProgram>();
        CompletableFuture<AttachedProgram> theirs = programs.putIfAbsent(files.directory(), mine);
        if (theirs != null) return started(theirs);
        try {
            OptionalInt code = files.exitCode();
            if (code.isPresent()) return new EndedProgram(Ending.exited(code.getAsInt()));
            AttachedProgram program = AttachedProgram.start(name, files, request, sandbox);
            mine.complete(program);
            return program;
        } finally {
            // Whoever waits for it learns that this call started nothing.
            boolean nothing = mine.completeExceptionally(new TrailsException(
                    "terminal.not-started", "Terminal '" + name + "' was not started by another thread; try again"));
            if (nothing) programs.remove(files.directory(), mine);
        }
    }

    private static AttachedProgram started(CompletableFuture<AttachedProgram> start) {
        try {
            return start.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TrailsException cause) throw cause;
            throw e;
        }
    }
}
