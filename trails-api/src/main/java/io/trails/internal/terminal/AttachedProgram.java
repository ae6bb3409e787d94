package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Signal;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A program that is a child of this JVM, where none can be left behind in the background. It ends with the host. Its
 * three threads end with the program.
 */
final class AttachedProgram implements Program {
    /** What a program killed by the sandbox counts as: ended by signal 9. */
    private static final int KILLED = 137;

    /** How long after the end of the program its last output is waited for: a descendant may hold the stream for ever. */
    private static final long LAST_OUTPUT_MILLIS = 2_000;

    private static final long END_SECONDS = 10;

    private final String name;
    private final TerminalFiles files;
    private final Execution execution;
    private final boolean sharesFiles;
    private final CountDownLatch drained = new CountDownLatch(2);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Ending ending = Ending.RUNNING;

    private AttachedProgram(String name, TerminalFiles files, Execution execution, boolean sharesFiles) {
        this.name = name;
        this.files = files;
        this.execution = execution;
        this.sharesFiles = sharesFiles;
    }

    static AttachedProgram start(String name, TerminalFiles files, TerminalRequest request, Sandbox sandbox) {
        boolean started = false;
        try {
            create(files.output());
            create(files.attached());
            Files.deleteIfExists(files.status());
            boolean shares = sandbox.capabilities().contains(SandboxCapability.HOST_FILES);
            Execution execution = sandbox.start(command(files, request, shares));
            AttachedProgram program = of(new AttachedProgram(name, files, execution, shares));
            started = true;
            if (request.command().isEmpty()) {
                program.write(
                        (Scripts.SHELL_GREETING + "\n").getBytes(StandardCharsets.US_ASCII), BoundedWrite.PATIENCE);
            }
            return program;
        } catch (IOException e) {
            throw notStarted(name, "its directory " + files.directory() + " cannot be used: " + e, e);
        } catch (TrailsException e) {
            if (!e.code().equals("exec.not-started")) throw e;
            throw notStarted(name, String.valueOf(e.getMessage()), e);
        } finally {
            if (!started) files.delete();
        }
    }

    private static void create(Path file) throws IOException {
        PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
    }

    private static Command command(TerminalFiles files, TerminalRequest request, boolean shares) {
        var environment = new HashMap<>(request.environment());
        environment.put("TRAILS_TERMINAL", files.mark());
        Command command = Command.of(argv(files, request, shares)).environment(environment);
        return request.workingDirectory().isPresent()
                ? command.in(request.workingDirectory().get())
                : command;
    }

    /** A shell writes to the log by itself: what a line printed is then there as soon as its exit code is. */
    private static List<String> argv(TerminalFiles files, TerminalRequest request, boolean shares) {
        if (request.command().isPresent()) return request.command().get().argv();
        if (!shares) return List.of("/bin/sh", "-c", Scripts.SHELL);
        return List.of(
                "/bin/sh",
                "-c",
                Scripts.SHELL_TO_FILE,
                "trails-terminal",
                files.output().toString());
    }

    private static TrailsException notStarted(String name, String why, Exception cause) {
        return new TrailsException("terminal.not-started", "Terminal '" + name + "' cannot be started: " + why, cause);
    }

    private static AttachedProgram of(AttachedProgram program) {
        program.thread("out", () -> program.pump(program.execution.stdout()));
        program.thread("err", () -> program.pump(program.execution.stderr()));
        program.thread("end", program::awaitEnd);
        return program;
    }

    private void thread(String part, Runnable work) {
        var thread = new Thread(work, "trails-terminal-" + name + "-" + part);
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(InputStream stream) {
        try (OutputStream log = Files.newOutputStream(files.output(), StandardOpenOption.APPEND)) {
            stream.transferTo(log);
        } catch (IOException e) {
            LoggerFactory.getLogger(AttachedProgram.class).debug("Output of terminal {} ends early", name, e);
        } finally {
            drained.countDown();
        }
    }

    private void awaitEnd() {
        ExecResult result = execution.onExit().join();
        int code = result.status() == ExecResult.Status.EXITED ? result.exitCode() : KILLED;
        try {
            if (!drained.await(LAST_OUTPUT_MILLIS, TimeUnit.MILLISECONDS)) {
                LoggerFactory.getLogger(AttachedProgram.class)
                        .debug("A descendant of the program in terminal {} still holds its output", name);
            }
            write(files.status(), code + "\n");
        } catch (IOException e) {
            LoggerFactory.getLogger(AttachedProgram.class)
                    .warn("The exit code of terminal {} cannot be kept for another host", name, e);
        } catch (InterruptedException e) {
            LoggerFactory.getLogger(AttachedProgram.class)
                    .debug("Not waited for the last output of terminal {}", name, e);
        } finally {
            ending = Ending.exited(code);
            ended.countDown();
        }
    }

    private static void write(Path file, String text) throws IOException {
        create(file);
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    /** Ends the program, and returns when nothing is written to the files any more. */
    void end() {
        execution.close();
        try {
            if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
                throw new TrailsException(
                        "terminal.not-removed",
                        "The program in terminal '" + name + "' was ended and its end is not seen; try again");
            }
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for the program in terminal '" + name + "' to end", e);
        }
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return Set.of(TerminalCapability.STREAM);
    }

    @Override
    public boolean sharesFiles() {
        return sharesFiles;
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public void write(byte[] bytes, Duration patience) {
        BoundedWrite.write(name, new ToStream(execution.stdin()), bytes, patience, () -> ending.ended());
    }

    @Override
    public Optional<InputGauge.Reading> gauge() {
        return Optional.empty();
    }

    @Override
    public void interrupt() {
        execution.signal(Signal.INTERRUPT);
    }

    @Override
    public void trimOutput() {}

    @Override
    public void detach() {
        execution.close();
    }

    /** A write that blocks here cannot be made to fail: its chunk may still be taken, but none after it. */
    private record ToStream(OutputStream stream) implements BoundedWrite.Sink {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            stream.flush();
        }

        @Override
        public void abandon() {}
    }
}
