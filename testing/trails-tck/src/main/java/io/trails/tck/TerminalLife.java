package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** A terminal of a session. Closing it ends its program and removes it. */
final class TerminalLife implements Life, AutoCloseable {
    private final Supplier<TerminalProvider> provider;
    private final Supplier<Sandbox> sandbox;
    private final TerminalRequest request;
    private final Plan plan;
    private final ArrayDeque<HeldTerminal> terminals = new ArrayDeque<>();

    TerminalLife(Supplier<TerminalProvider> provider, Supplier<Sandbox> sandbox, TerminalRequest request) {
        this.provider = provider;
        this.sandbox = sandbox;
        this.request = request;
        plan = provider.get().plan(request);
    }

    HeldTerminal terminal() {
        return terminals.getFirst();
    }

    TerminalRequest request() {
        return request;
    }

    Plan created() {
        return plan;
    }

    @Override
    public Path directory() {
        return request.directory();
    }

    @Override
    public Plan plan() {
        return provider.get().plan(request);
    }

    @Override
    public void create() throws IOException {
        Files.createDirectories(request.directory());
        terminals.push(provider.get().create(plan, request, sandbox.get()));
    }

    @Override
    public void open() {
        terminals.push(provider.get().open(plan, sandbox.get()));
    }

    /** Types into a program that repeats what it reads. */
    @Override
    public void use() {
        terminal().type("are you there?\n");
        see("are you there?");
    }

    void see(String text) {
        terminal().await(screen -> screen.contains(text), Patience.limit());
    }

    int awaitExit() {
        Patience.until("end of the program", () -> terminal().exitCode().isPresent());
        return terminal().exitCode().orElseThrow();
    }

    /** The code of what the action throws; "none" if it throws nothing. */
    static String codeOf(Runnable action) {
        try {
            action.run();
        } catch (TrailsException e) {
            return e.code();
        }
        return "none";
    }

    @Override
    public RemovalReport remove(RemovalPolicy policy) {
        return provider.get().remove(plan, sandbox.get(), policy);
    }

    @Override
    public void close() {
        for (HeldTerminal terminal : terminals) terminal.detach();
        if (terminals.isEmpty() && !Files.exists(request.directory())) return;
        assertThat(remove(RemovalPolicy.safe().endingProcesses()).kept())
                .as("kept at the end of the test")
                .isEmpty();
    }
}
