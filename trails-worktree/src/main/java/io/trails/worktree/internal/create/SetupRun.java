package io.trails.worktree.internal.create;

import io.trails.TrailsInterruptedException;
import io.trails.spi.WorkspaceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a setup command: no input, a deadline, and of its output the end. */
record SetupRun(WorkspaceSettings.Setup setup, Path directory, Map<String, String> environment) {
    private static final int ROUNDS = 20;

    /** @param what happened, to follow the command's name */
    record Outcome(boolean ok, String what, String output) {}

    Outcome run() {
        Process process;
        try {
            process = start();
        } catch (IOException e) {
            return new Outcome(false, "could not be started: " + e.getMessage(), "");
        }
        OutputTail tail = OutputTail.of(process.getInputStream());
        try {
            process.getOutputStream().close();
        } catch (IOException closedAlready) {
            process.isAlive();
        }
        try {
            if (!process.waitFor(setup.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                end(process);
                return new Outcome(
                        false, "did not end within " + setup.timeout().toSeconds() + " s and was ended", tail.text());
            }
            int exitCode = process.exitValue();
            return exitCode == 0
                    ? new Outcome(true, "ended", "")
                    : new Outcome(false, "ended with exit code " + exitCode, tail.text());
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for a setup command", e);
        } finally {
            end(process);
            close(process.getInputStream());
        }
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(setup.command())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Whoever is being ended may start another one just then. */
    private static void end(Process process) {
        if (!process.isAlive()) return;
        for (int round = 0; round < ROUNDS; round++) {
            var descendants = process.descendants().toList();
            if (descendants.isEmpty()) break;
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException gone) {
            // It had nothing to lose.
            return;
        }
    }
}
