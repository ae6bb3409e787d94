package io.trails.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Provider;
import io.trails.spi.SandboxRequest;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A JVM that works with a provider for a while, and is then killed as by {@code kill -9}. */
final class ForeignJvm implements AutoCloseable {
    private final Process process;

    private ForeignJvm(Path job) throws IOException {
        process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForeignJvmMain.class.getName(),
                        job.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Creates the planned sandbox and runs a script in it. */
    static ForeignJvm withSandbox(Provider provider, SandboxLife life, String script) throws IOException {
        var job = new Properties();
        describeSandbox(job, provider, life.request(), life.created());
        job.setProperty("script", script);
        return start(job, life.directory());
    }

    /** The same, and then it runs another script, which says in a line that it runs. */
    static ForeignJvm withSandbox(Provider provider, SandboxLife life, String script, String running)
            throws IOException {
        var job = new Properties();
        describeSandbox(job, provider, life.request(), life.created());
        job.setProperty("script", script);
        job.setProperty("running", running);
        return start(job, life.directory());
    }

    /** Creates the planned sandbox and in it the planned terminal, which runs the script. */
    static ForeignJvm withTerminal(
            Provider sandboxes, SandboxLife sandbox, Provider terminals, TerminalLife terminal, String script)
            throws IOException {
        var job = new Properties();
        describeSandbox(job, sandboxes, sandbox.request(), sandbox.created());
        job.setProperty("terminal.provider", nameOf(terminals));
        job.setProperty("terminal.name", terminal.request().name());
        job.setProperty("terminal.directory", terminal.directory().toString());
        put(job, "terminal.plan.", terminal.created());
        job.setProperty("terminal.script", script);
        Files.createDirectories(terminal.directory());
        return start(job, sandbox.directory());
    }

    private static void describeSandbox(Properties job, Provider provider, SandboxRequest request, Plan plan) {
        assumeTrue(request.location() instanceof HostDirectory, "the location cannot be handed to another JVM");
        job.setProperty("sandbox.provider", nameOf(provider));
        job.setProperty("sandbox.session", request.sessionId());
        job.setProperty("sandbox.location", request.location().describe());
        job.setProperty("sandbox.directory", request.directory().toString());
        put(job, "sandbox.plan.", plan);
    }

    private static void put(Properties job, String prefix, Plan plan) {
        plan.values().forEach((key, value) -> job.setProperty(prefix + key, value));
    }

    private static String nameOf(Provider provider) {
        Class<?> type = provider.getClass();
        boolean loadable = Modifier.isPublic(type.getModifiers());
        if (loadable) {
            loadable = false;
            for (Constructor<?> constructor : type.getConstructors()) loadable |= constructor.getParameterCount() == 0;
        }
        assumeTrue(loadable, "another JVM cannot make a " + type.getName());
        return type.getName();
    }

    private static ForeignJvm start(Properties job, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile("trails-tck", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            job.store(writer, null);
        }
        return new ForeignJvm(file);
    }

    /** Waits until it has done its work. */
    void awaitReady() throws Exception {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = Patience.call("work of the other JVM", Patience.limit(), out::readLine);
        if (!ForeignJvmMain.READY.equals(line)) throw new AssertionError("The other JVM failed; it printed: " + line);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(Patience.limit().toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The other JVM survived being killed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
