package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Terminal;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The terminals of one test, all removed when it ends. */
public final class Terminals implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    private final Path root;
    private final TerminalProvider provider;
    private final Sandbox sandbox;
    private final List<Plan> plans = new ArrayList<>();

    public Terminals(Path root) {
        this(root, new HeadlessTerminalProvider(), new TestSandbox(root));
    }

    Terminals(Path root, TerminalProvider provider, Sandbox sandbox) {
        this.root = root;
        this.provider = provider;
        this.sandbox = sandbox;
    }

    /** Whose programs are given up soon when they read nothing. */
    static HeadlessTerminalProvider impatient() {
        return new HeadlessTerminalProvider(NamedPipes.available(), 32L << 20, 2_000, Duration.ofMillis(300));
    }

    TerminalRequest.Builder request(String name) {
        try {
            return TerminalRequest.builder("session", name, Files.createDirectories(root.resolve("terminals/" + name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Plan plan(TerminalRequest request) {
        Plan plan = provider.plan(request);
        plans.add(plan);
        return plan;
    }

    HeldTerminal create(TerminalRequest request) {
        return provider.create(plan(request), request, sandbox);
    }

    HeldTerminal shell(String name) {
        return create(request(name).build());
    }

    public HeldTerminal program(String name, String... argv) {
        return create(request(name).command(Command.of(argv)).build());
    }

    /** A program that is a shell script. */
    public HeldTerminal script(String name, String script) {
        return program(name, "/bin/sh", "-c", script);
    }

    HeldTerminal open(String name) {
        return provider.open(provider.plan(request(name).build()), sandbox);
    }

    /** What becomes of a line whose time is over. Before it has begun that says nothing: on a busy machine it gets more. */
    static ExecResult timedOut(Terminal shell, String line) {
        Duration time = Duration.ofSeconds(2);
        ExecResult result = shell.run("echo begun; " + line, time);
        while (!result.stdout().text().startsWith("begun\n") && time.compareTo(SOON) < 0) {
            time = time.multipliedBy(3);
            result = shell.run("echo begun; " + line, time);
        }
        return result;
    }

    RemovalReport remove(String name, RemovalPolicy policy) {
        return provider.remove(provider.plan(request(name).build()), sandbox, policy);
    }

    Path directory(String name) {
        return root.resolve("terminals/" + name);
    }

    @Override
    public void close() {
        for (Plan plan : plans)
            provider.remove(plan, sandbox, RemovalPolicy.safe().endingProcesses());
    }
}
