package io.trails.bench;

import io.trails.Command;
import io.trails.RecordingOptions;
import io.trails.RemovalPolicy;
import io.trails.Terminal;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import io.trails.tmux.TmuxTerminalProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Terminals of tmux as the engine has them made, over the host. Thread-safe. */
final class HeldTerminals implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 50;

    private final TerminalProvider provider = new TmuxTerminalProvider();
    private final Sandbox sandbox;
    private final Path state;
    private final AtomicInteger named = new AtomicInteger();
    private final Queue<Held> living = new ConcurrentLinkedQueue<>();
    private final Held anchor;

    private HeldTerminals(Sandbox sandbox, Path state) throws IOException {
        this.sandbox = sandbox;
        this.state = state;
        anchor = create(idle(), Optional.empty());
    }

    /** With one terminal, as the server would end with its last one. */
    static HeldTerminals open(Scratch scratch) throws IOException {
        return new HeldTerminals(Host.sandbox(scratch), scratch.project());
    }

    /** A terminal and what it was planned to be. */
    record Held(Plan plan, HeldTerminal terminal) {}

    static Optional<Command> idle() {
        return Optional.of(Command.of("sleep", "100000"));
    }

    /** A terminal of that program, or of a shell. */
    Held create(Optional<Command> command, Optional<RecordingOptions> recording) throws IOException {
        String name = "t" + named.getAndIncrement();
        Path directory = Files.createDirectory(state.resolve(name));
        TerminalRequest.Builder request =
                TerminalRequest.builder("bench", name, directory).stateDirectory(state);
        request.environment(System.getenv());
        command.map(program -> program.environment(System.getenv()).in(state)).ifPresent(request::command);
        recording.ifPresent(request::recording);
        TerminalRequest asked = request.build();
        Plan plan = provider.plan(asked);
        var held = new Held(plan, provider.create(plan, asked, sandbox));
        living.add(held);
        return held;
    }

    /** A terminal of that shell script once it shows the text. */
    Terminal shows(String script, String text) throws IOException {
        Terminal terminal = create(Optional.of(Command.of("sh", "-c", script)), Optional.empty())
                .terminal();
        terminal.await(screen -> screen.contains(text), PATIENCE);
        return terminal;
    }

    /** Takes up by another instance, which knows nothing of them, what was created. */
    List<HeldTerminal> openAnew(List<Held> created) {
        var other = new TmuxTerminalProvider();
        return created.stream().map(held -> other.open(held.plan(), sandbox)).toList();
    }

    void remove(Held held) {
        held.terminal().detach();
        if (!provider.remove(held.plan(), sandbox, RemovalPolicy.safe().endingProcesses())
                .complete()) {
            throw new IllegalStateException("A terminal was kept");
        }
        living.remove(held);
    }

    /**
     * Ends many sooner than one removal after the other would, which looks for all that each one started; their programs
     * start nothing.
     */
    void endAll(List<Held> created) throws IOException, InterruptedException {
        for (int from = 0; from < created.size(); from += AT_ONCE) {
            List<String> kills = new ArrayList<>();
            for (Held held : created.subList(from, Math.min(from + AT_ONCE, created.size()))) {
                kills.addAll(List.of("kill-session", "-t", "=" + held.plan().get("session"), ";"));
            }
            tmux(kills.subList(0, kills.size() - 1));
        }
        // The hang-up does not reach programs that neither read nor write.
        sandbox.stop();
        for (Held held : created) {
            Path directory = Path.of(held.plan().get("directory"));
            // The last that what keeps the output does.
            while (!Files.exists(directory.resolve("output.end"))) LockSupport.parkNanos(1_000_000);
            held.terminal().detach();
            Scratch.delete(directory);
            living.remove(held);
        }
    }

    /** The memory of the server. */
    long memory() throws IOException, InterruptedException {
        return Memory.of(tmux(List.of("display-message", "-p", "#{pid}")).strip());
    }

    /** What a tmux process says to the server that holds them. */
    private String tmux(List<String> command) throws IOException, InterruptedException {
        List<String> attach = anchor.terminal().attachCommand().orElseThrow();
        List<String> argv = new ArrayList<>(attach.subList(0, attach.indexOf("attach-session")));
        argv.addAll(command);
        return PlainTmux.output(new ProcessBuilder(argv));
    }

    @Override
    public void close() {
        try (sandbox) {
            sandbox.stop();
            for (Held held : List.copyOf(living)) remove(held);
        }
    }
}
