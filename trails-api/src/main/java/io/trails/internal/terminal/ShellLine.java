package io.trails.internal.terminal;

import io.trails.ExecResult;
import io.trails.Output;
import io.trails.Reason;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One line run by the shell in a terminal. The line goes to a file which the shell reads as if it had been typed, so that
 * its quoting cannot swallow what follows; its exit code comes back in another file, so that no output can imitate it.
 * {@code command} keeps an error in the line from ending the shell, the backslash keeps aliases away.
 */
final class ShellLine {
    private static final Duration IDLE_AGAIN = Duration.ofSeconds(2);
    private static final Duration TYPE_AGAIN = Duration.ofMillis(400);

    private static final Reason NOT_BEGUN = Reason.of(
            "terminal.busy",
            "What runs in the shell did not end in time; the line was taken back and did not run",
            "Wait for it or interrupt it, and run the line again");

    private final String name;
    private final TerminalFiles files;
    private final OutputLog log;
    private final Program program;
    private final Consumer<byte[]> typing;
    private final String nonce = UUID.randomUUID().toString();

    ShellLine(String name, TerminalFiles files, OutputLog log, Program program, Consumer<byte[]> typing) {
        this.name = name;
        this.files = files;
        this.log = log;
        this.program = program;
        this.typing = typing;
    }

    ExecResult run(String line, Patience patience) {
        long began = System.nanoTime();
        Path script = files.line(nonce, "sh");
        Path status = files.line(nonce, "status");
        Path idle = files.line(nonce, "idle");
        boolean kept = false;
        try {
            write(script, line + "\n");
            long from = log.size();
            type("\\command . " + quoted(script) + " </dev/null; \\command echo \"$?\" >|" + quoted(status) + "\n");
            if (!begun(patience) && takenBack(script)) {
                kept = true;
                return result(ExecResult.Status.TIMED_OUT, -1, from, began, Optional.of(NOT_BEGUN));
            }
            typeIdle(idle);
            OptionalInt code = await(idle, patience);
            if (code.isPresent()) {
                // An interrupt keeps a shell from writing the status, and then its own view of it counts.
                int exit = TerminalFiles.number(status).orElse(code.getAsInt());
                return result(ExecResult.Status.EXITED, exit, from, began, Optional.empty());
            }
            Reason reason = interrupt(idle);
            return result(ExecResult.Status.TIMED_OUT, -1, from, began, Optional.of(reason));
        } finally {
            // What was taken back is still read one day, and must then be there.
            if (!kept) delete(script, status, idle);
        }
    }

    /** Whether the shell finds nothing to run when it comes to the line, as far as it had not come to it before. */
    private boolean takenBack(Path script) {
        try {
            PrivateFiles.open(script, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        } catch (IOException e) {
            throw TerminalFiles.unreadable(script, e);
        }
        return !begun(Patience.of(Duration.ZERO));
    }

    /** Some shells throw away what they have read ahead when a line fails; so nothing is typed before they took it. */
    private boolean begun(Patience patience) {
        Optional<InputGauge.Reading> gauge = program.gauge();
        if (gauge.isEmpty()) return true;
        try (InputGauge.Reading input = gauge.get()) {
            while (input.unread() > 0 && !program.ending().ended()) {
                if (patience.over()) return false;
                patience.pause("waiting for the shell in terminal '" + name + "' to be idle");
            }
            return true;
        }
    }

    private void typeIdle(Path idle) {
        if (program.ending().ended()) return;
        type("\\command echo \"$?\" >|" + quoted(idle) + "\n");
    }

    private ExecResult result(ExecResult.Status status, int code, long from, long began, Optional<Reason> reason) {
        Output output = log.between(from, Math.max(from, log.size()));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        return new ExecResult(status, code, output, Output.empty(), elapsed, reason);
    }

    private OptionalInt await(Path file, Patience patience) {
        while (true) {
            Ending ending = program.ending();
            OptionalInt code = TerminalFiles.number(file);
            if (code.isPresent()) return code;
            if (ending.ended()) {
                throw new TrailsException(
                        "terminal.ended",
                        "The shell in terminal '" + name + "' " + ending.describe() + " while it ran a line");
            }
            if (patience.over()) return OptionalInt.empty();
            program.trimOutput();
            patience.pause("running a line in terminal '" + name + "'");
        }
    }

    /** Interrupts the line and sees whether the shell reads again. What a shell had read ahead may be gone: so ask again. */
    private Reason interrupt(Path idle) {
        program.interrupt();
        Patience all = Patience.of(IDLE_AGAIN);
        while (!all.over()) {
            if (await(idle, Patience.of(TYPE_AGAIN)).isPresent()) {
                return Reason.of("terminal.interrupted", "The line ran out of time and was interrupted");
            }
            typeIdle(idle);
        }
        return Reason.of(
                "terminal.busy",
                "The line ran out of time, was interrupted and still runs",
                "Wait for it, or remove the terminal");
    }

    private void type(String text) {
        typing.accept(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    private static void write(Path file, String text) {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        }
    }

    private static void delete(Path... paths) {
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw TerminalFiles.unreadable(path, e);
            }
        }
    }
}
