package io.trails.tmux.internal.line;

import io.trails.Capture;
import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Input;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Commands by one process each, for when there is no {@link ControlLine}. They run on the caller's thread. */
public final class CliLine implements TmuxLine {
    /** tmux takes 16 KiB, with what it adds. */
    private static final int MOST_ARGUMENT_BYTES = 8 << 10;

    private static final Capture CAPTURE = Capture.upTo(64 << 20);

    private final Sandbox sandbox;
    private final List<String> client;
    private final Duration timeout;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile boolean closed;

    /**
     * A line that needs no connection.
     *
     * @param client the program and its options up to the command: it must not start a server
     * @param timeout of one command, and of the wait for those of other threads
     */
    public CliLine(Sandbox sandbox, List<String> client, Duration timeout) {
        this.sandbox = sandbox;
        this.client = List.copyOf(client);
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<List<Reply>> send(List<TmuxCommand> commands) {
        try {
            if (!turn.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return failed("Other commands to the tmux server did not end in time");
            }
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for other commands to tmux", e);
        }
        try {
            return CompletableFuture.completedFuture(run(commands));
        } catch (LineLostException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            turn.release();
        }
    }

    private static CompletableFuture<List<Reply>> failed(String why) {
        return CompletableFuture.failedFuture(new LineLostException(why));
    }

    private List<Reply> run(List<TmuxCommand> commands) {
        var replies = new ArrayList<Reply>(commands.size());
        boolean alive = true;
        for (TmuxCommand command : commands) {
            ExecResult result = exec(command);
            if (result.ok()) replies.add(new Reply(true, lines(result.stdout().text())));
            else replies.add(new Reply(false, lines(result.stderr().text())));
            alive = result.ok();
        }
        // A client that reaches no server fails like one whose command does.
        if (!alive && !exec(TmuxCommand.of("show-options", "-gv", "status")).ok()) {
            throw new LineLostException("The tmux server has ended");
        }
        return replies;
    }

    private ExecResult exec(TmuxCommand command) {
        if (closed) throw new LineLostException("The line to the tmux server was closed");
        Command process = process(command).timeout(timeout).capture(CAPTURE);
        ExecResult result = start(process);
        if (result.status() != ExecResult.Status.EXITED) {
            throw new LineLostException("tmux did not answer in " + timeout.toMillis() + " ms");
        }
        if (result.stdout().truncated()) throw new LineLostException("tmux sent a reply that does not end");
        return result;
    }

    private ExecResult start(Command process) {
        try {
            return sandbox.exec(process);
        } catch (TrailsInterruptedException e) {
            throw e;
        } catch (TrailsException e) {
            throw new LineLostException("tmux cannot be run: " + e.getMessage(), e);
        }
    }

    private Command process(TmuxCommand command) {
        var argv = new ArrayList<>(client);
        byte[] line = QuotedWords.line(command);
        // What is not ASCII depends on the locale of the JVM when it is an argument.
        if (line.length <= MOST_ARGUMENT_BYTES && isAscii(line)) {
            for (String word : command.words()) argv.add(argument(word));
            return Command.of(argv);
        }
        argv.addAll(List.of("source-file", "-"));
        return Command.of(argv).stdin(Input.bytes(line));
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) if (b < 0) return false;
        return true;
    }

    /** A semicolon at the end would end the command; behind a backslash it does not. */
    private static String argument(String word) {
        return word.endsWith(";") ? word.substring(0, word.length() - 1) + "\\;" : word;
    }

    private static List<String> lines(String output) {
        if (output.isEmpty()) return List.of();
        String text = output.endsWith("\n") ? output.substring(0, output.length() - 1) : output;
        return List.of(text.split("\n", -1));
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
