package io.trails.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What a probe may look at. Immutable. */
public final class ProbeContext {
    private final Path project;
    private final Map<String, String> environment;
    private final Duration timeout;
    private final SandboxSettings sandbox;

    private ProbeContext(Path project, Map<String, String> environment, Duration timeout, SandboxSettings sandbox) {
        this.project = Objects.requireNonNull(project, "project");
        this.environment = Map.copyOf(environment);
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.sandbox = Objects.requireNonNull(sandbox, "sandbox");
    }

    /**
     * A context.
     *
     * @param project the project directory, absolute
     * @param environment of the host
     * @param timeout after which an answer comes too late
     * @return the context
     */
    public static ProbeContext of(Path project, Map<String, String> environment, Duration timeout) {
        return new ProbeContext(project, environment, timeout, SandboxSettings.none());
    }

    /**
     * The same with what is configured for sandboxes.
     *
     * @param configured what sandboxes are made with
     * @return a new context
     */
    public ProbeContext withSandbox(SandboxSettings configured) {
        return new ProbeContext(project, environment, timeout, configured);
    }

    /**
     * What is configured for sandboxes, such as the engines that could be used.
     *
     * @return the settings, empty unless configured
     */
    public SandboxSettings sandbox() {
        return sandbox;
    }

    /**
     * The project directory.
     *
     * @return an absolute path
     */
    public Path project() {
        return project;
    }

    /**
     * The host's environment, as the host wants it to be seen.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * After which an answer comes too late.
     *
     * @return the time
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Whether a program works here: it starts, and ends with 0 within half the time. Its outputs are thrown away; one that takes
     * longer is ended, as it is when the calling thread is interrupted.
     *
     * @param argv the program and its arguments, which should change nothing
     * @return false if it is missing, fails or takes too long
     */
    public boolean succeeds(List<String> argv) {
        var builder = new ProcessBuilder(argv);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                return process.waitFor(timeout.toMillis() / 2, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
