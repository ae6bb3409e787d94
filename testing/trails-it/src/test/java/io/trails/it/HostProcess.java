package io.trails.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that serves a project, is told what to do line by line, and can be killed like any process. */
final class HostProcess implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader replies;

    private HostProcess(Process process) {
        this.process = process;
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a JVM on the test's own class path. */
    static HostProcess start(Class<?> main, Path project, String... arguments) {
        return start(List.of(), main, project, arguments);
    }

    /** The same with options of the JVM. */
    static HostProcess start(List<String> options, Class<?> main, Path project, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                project.toString()));
        command.addAll(List.of(arguments));
        try {
            return new HostProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a line and waits for the reply; empty if the process died instead. */
    Optional<String> ask(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException died) {
            return Optional.empty();
        }
        return reply();
    }

    Optional<String> reply() {
        try {
            return Optional.ofNullable(replies.readLine());
        } catch (IOException died) {
            return Optional.empty();
        }
    }

    /** Tells the host that there is nothing more to do, and waits for its own end. */
    int end() {
        try {
            commands.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return awaitEnd();
    }

    /** As the operating system would end it: nothing of it gets to run. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The host process did not end in time");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
