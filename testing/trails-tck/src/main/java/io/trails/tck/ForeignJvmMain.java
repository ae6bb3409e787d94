package io.trails.tck;

import io.trails.Command;
import io.trails.Execution;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What {@link ForeignJvm} runs: reads a job, does it, says so, and waits to be killed or for its parent to end. */
final class ForeignJvmMain {
    static final String READY = "ready";

    private final Properties job;

    private ForeignJvmMain(Properties job) {
        this.job = job;
    }

    public static void main(String[] args) throws Exception {
        var job = new Properties();
        Path file = Path.of(args[0]);
        try (Reader reader = Files.newBufferedReader(file)) {
            job.load(reader);
        }
        Files.delete(file);
        new ForeignJvmMain(job).run();
    }

    private void run() throws Exception {
        Sandbox sandbox = sandbox();
        if (job.containsKey("script"))
            sandbox.exec(SandboxLife.script(get("script"))).orThrow();
        if (job.containsKey("running")) awaitOutput(sandbox.start(SandboxLife.script(get("running"))));
        if (job.containsKey("terminal.provider")) startTerminal(sandbox);
        report();
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void awaitOutput(Execution running) throws IOException {
        if (running.stdout().read() < 0) throw new IOException("The command ended without a word");
    }

    private Sandbox sandbox() throws Exception {
        SandboxProvider provider = (SandboxProvider) make(get("sandbox.provider"));
        SandboxRequest request = SandboxRequest.builder(
                        get("sandbox.session"),
                        new HostDirectory(Path.of(get("sandbox.location"))),
                        Path.of(get("sandbox.directory")))
                .environment(System.getenv())
                .bringsBack(true)
                .build();
        return provider.create(plan("sandbox.plan."), request);
    }

    private void startTerminal(Sandbox sandbox) throws Exception {
        TerminalProvider provider = (TerminalProvider) make(get("terminal.provider"));
        TerminalRequest request = TerminalRequest.builder(
                        get("sandbox.session"), get("terminal.name"), Path.of(get("terminal.directory")))
                .command(Command.of("sh", "-c", get("terminal.script")).environment(System.getenv()))
                .build();
        provider.create(plan("terminal.plan."), request, sandbox);
    }

    private static Object make(String className) throws Exception {
        return Class.forName(className).getConstructor().newInstance();
    }

    private Plan plan(String prefix) {
        Plan plan = Plan.empty();
        for (String key : job.stringPropertyNames()) {
            if (key.startsWith(prefix)) plan = plan.with(key.substring(prefix.length()), get(key));
        }
        return plan;
    }

    private String get(String key) {
        String value = job.getProperty(key);
        if (value == null) throw new IllegalArgumentException("The job has no " + key);
        return value;
    }

    private static void report() throws IOException {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((READY + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
