package io.trails.worktree.internal.git;

import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs commands of one program in one directory. Every process has a deadline, ends with its caller's wait, and takes its
 * descendants with it when it is ended. Immutable.
 *
 * @param program with the arguments that all commands have
 * @param environment of all commands
 */
record GitRun(List<String> program, Optional<Path> directory, Map<String, String> environment) {
    private static final int DIRECT_INPUT = 4_096;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    GitRun {
        program = List.copyOf(program);
        environment = Map.copyOf(environment);
    }

    GitResult run(GitCall call) {
        long deadline = System.nanoTime() + call.timeout().toNanos();
        Process process = start(call);
        try {
            Drain errors = Drain.tail(process.getErrorStream());
            Drain output = Drain.bounded(process.getInputStream(), call.maxOutput());
            feed(process, call.input());
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) throw late(call);
            int exitCode = process.exitValue();
            byte[] printed = output.await(drainLimit(call));
            String said = errors.text(drainLimit(call));
            if (!call.accepts(exitCode)) throw failed(call, exitCode, said);
            return new GitResult(exitCode, printed, said);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + call, e);
        } catch (TimeoutException e) {
            throw late(call);
        } catch (ExecutionException e) {
            throw unread(call, e);
        } finally {
            end(process);
        }
    }

    /** Hands the output over while it comes, on the caller's thread; what the reader throws ends the command. */
    int stream(GitCall call, OutputReader reader) {
        long deadline = System.nanoTime() + call.timeout().toNanos();
        Process process = start(call);
        try (ChunkPipe pipe = ChunkPipe.over(process.getInputStream(), deadline, call.toString())) {
            Drain errors = Drain.tail(process.getErrorStream());
            feed(process, call.input());
            reader.read(pipe);
            pipe.skipRest();
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) throw late(call);
            int exitCode = process.exitValue();
            if (!call.accepts(exitCode)) throw failed(call, exitCode, errors.text(drainLimit(call)));
            return exitCode;
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + call, e);
        } catch (InterruptedIOException e) {
            throw late(call);
        } catch (IOException e) {
            throw unread(call, e);
        } finally {
            end(process);
        }
    }

    /** How long the end of what it printed is waited for once it has ended: somebody whom it left behind may hold the pipe. */
    private static Duration drainLimit(GitCall call) {
        return call.timeout().compareTo(DRAIN_LIMIT) < 0 ? call.timeout() : DRAIN_LIMIT;
    }

    private Process start(GitCall call) {
        List<String> command = new ArrayList<>(program);
        for (String setting : call.configuration()) {
            command.add("-c");
            command.add(setting);
        }
        command.addAll(call.arguments());
        var builder = new ProcessBuilder(command);
        if (directory.isPresent()) builder.directory(directory.get().toFile());
        Map<String, String> variables = new HashMap<>(environment);
        if (call.isLocking()) variables.remove("GIT_OPTIONAL_LOCKS");
        variables.putAll(call.environment());
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            if (directory.isPresent() && !Files.isDirectory(directory.get()))
                throw new GitFailedException(
                        "worktree.directory-missing",
                        directory.get() + " is not there any more, so " + call + " cannot run",
                        e);
            throw new GitFailedException(
                    "worktree.git-not-started",
                    call + " could not be started in "
                            + directory.map(Path::toString).orElse("/") + ": " + e.getMessage(),
                    e);
        }
    }

    private static void feed(Process process, byte[] input) {
        if (input.length > DIRECT_INPUT) {
            Threads.start("trails-git-input", () -> write(process, input));
        } else {
            write(process, input);
        }
    }

    /** A command that does not read to the end says so by its exit code. */
    private static void write(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException closed) {
            process.isAlive();
        }
    }

    private static void end(Process process) {
        if (!process.isAlive()) {
            close(process.getInputStream());
            close(process.getErrorStream());
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        close(process.getInputStream());
        close(process.getErrorStream());
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException gone) {
            // It had nothing to lose.
            return;
        }
    }

    private static GitFailedException late(GitCall call) {
        return new GitFailedException(
                "worktree.git-timeout",
                call + " did not end within " + call.timeout().toSeconds() + " s and was ended",
                -1);
    }

    private GitFailedException failed(GitCall call, int exitCode, String said) {
        return new GitFailedException(
                "worktree.git-failed",
                call + " in " + directory.map(Path::toString).orElse("/") + " ended with exit code " + exitCode
                        + (said.isEmpty() ? "" : ": " + said),
                exitCode);
    }

    private static GitFailedException unread(GitCall call, Exception cause) {
        return new GitFailedException("worktree.git-failed", "What " + call + " printed could not be read", cause);
    }
}
