package io.trails.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.OutputReader;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Provider;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Terminals of a real provider over the real host, and a look at what they leave behind. Thread-safe. */
public final class LiveTerminals implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(30);

    private static final String SESSION = "live";

    private final Path root;
    private final Path work;
    private final Map<String, String> environment;
    private final Path sandboxDirectory;
    private final Sandbox sandbox;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private TmuxTerminalProvider provider = new TmuxTerminalProvider();

    private record Held(Plan plan, TerminalRequest request, List<HeldTerminal> terminals) {}

    public LiveTerminals(Path root) throws IOException {
        this(root, System.getenv());
    }

    /** @param environment of the host */
    public LiveTerminals(Path root, Map<String, String> environment) throws IOException {
        needTmux();
        this.root = root.toRealPath();
        this.environment = new TreeMap<>(environment);
        this.environment.putIfAbsent("HOME", this.root.toString());
        work = Files.createDirectories(this.root.resolve("work"));
        sandboxDirectory = Files.createDirectories(this.root.resolve("sandbox"));
        SandboxProvider host = ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.id().equals("host"))
                .map(SandboxProvider.class::cast)
                .findFirst()
                .orElseThrow();
        SandboxRequest request = SandboxRequest.builder(SESSION, new HostDirectory(work), sandboxDirectory)
                .environment(environment)
                .build();
        sandbox = host.create(host.plan(request), request);
    }

    /** Skips the test without tmux, or fails it where tools are required. */
    public static void needTmux() {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tmux")));
        assumeTrue(installed || Boolean.getBoolean("trails.test.requireTools"), "tmux is not installed");
        assertThat(installed).as("tmux is installed").isTrue();
    }

    public Path work() {
        return work;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Path stateDirectory() {
        return root.resolve("state");
    }

    public Path directory(String name) {
        return stateDirectory().resolve("sessions").resolve("terminal-" + name);
    }

    public TerminalRequest.Builder request(String name) {
        return TerminalRequest.builder(SESSION, name, directory(name)).stateDirectory(stateDirectory());
    }

    /** A program that gets the host's environment. */
    public HeldTerminal program(String name, String... argv) {
        return create(request(name)
                .command(Command.of(argv).environment(environment).in(work))
                .build());
    }

    public HeldTerminal script(String name, String script, String... arguments) {
        var argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return program(name, argv.toArray(String[]::new));
    }

    public HeldTerminal shell(String name) {
        return create(request(name).environment(environment).build());
    }

    public HeldTerminal create(TerminalRequest request) {
        try {
            Files.createDirectories(request.directory());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Held one = held.computeIfAbsent(
                request.name(), name -> new Held(provider.plan(request), request, new ArrayList<>()));
        HeldTerminal terminal = provider.create(one.plan, request, sandbox);
        synchronized (one.terminals) {
            one.terminals.add(terminal);
        }
        return terminal;
    }

    /** As another JVM would take it up. */
    public HeldTerminal open(String name) {
        return open(name, new TmuxTerminalProvider());
    }

    public HeldTerminal open(String name, TmuxTerminalProvider by) {
        Held one = held.get(name);
        HeldTerminal terminal = by.open(one.plan, sandbox);
        synchronized (one.terminals) {
            one.terminals.add(terminal);
        }
        return terminal;
    }

    public RemovalReport remove(String name) {
        return remove(name, RemovalPolicy.safe().endingProcesses());
    }

    public RemovalReport remove(String name, RemovalPolicy policy) {
        Held one = held.get(name);
        // In this order, as hosts do: the server is still held when the last terminal is removed.
        RemovalReport report = provider.remove(one.plan, sandbox, policy);
        if (report.complete()) detach(one);
        return report;
    }

    private static void detach(Held one) {
        synchronized (one.terminals) {
            one.terminals.forEach(HeldTerminal::detach);
            one.terminals.clear();
        }
    }

    /** The name of its tmux session. */
    public String session(String name) {
        return held.get(name).plan.get("session");
    }

    public static int exitCode(HeldTerminal terminal) {
        await().atMost(SOON).until(() -> terminal.exitCode().isPresent());
        return terminal.exitCode().orElseThrow();
    }

    public static void see(HeldTerminal terminal, String text) {
        terminal.await(screen -> screen.contains(text), SOON);
    }

    /** The code of what the action throws; "none" if it throws nothing. */
    public static String codeOf(Runnable action) {
        try {
            action.run();
        } catch (TrailsException e) {
            return e.code();
        }
        return "none";
    }

    /** What it printed first, in one piece. */
    public static byte[] printed(HeldTerminal terminal) {
        try (OutputReader reader = terminal.output(0)) {
            return reader.read(1 << 20, SOON);
        }
    }

    public Path runtimeDirectory() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(stateDirectory().toString().getBytes(StandardCharsets.UTF_8));
            return Path.of("/tmp/trails-" + Files.getAttribute(root, "unix:uid"))
                    .resolve(HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What tmux answers a person. */
    public String tmux(String... words) {
        var argv = new ArrayList<>(List.of("tmux", "-u", "-S", runtimeDirectory() + "/t.sock"));
        argv.addAll(List.of(words));
        return output(argv);
    }

    public static String output(List<String> argv) {
        try {
            var builder = new ProcessBuilder(argv).redirectErrorStream(true);
            builder.environment().remove("TMUX");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) throw new AssertionError(argv + " does not end");
            return output.strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public long server() {
        return Long.parseLong(tmux("display-message", "-p", "-t", "=trails-keeper:", "#{pid}"));
    }

    public static void signal(String signal, long process) {
        assertThat(output(List.of("kill", "-" + signal, Long.toString(process))))
                .isEmpty();
    }

    /** Which process is doing what of all that live and belong to this, zombies left out. */
    public Map<Long, String> processes() {
        var found = new TreeMap<Long, String>();
        ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .forEach(pid -> about(pid).ifPresent(what -> found.put(pid, what)));
        return found;
    }

    private Optional<String> about(long pid) {
        Path proc = Path.of("/proc/" + pid);
        try {
            if (pid == ProcessHandle.current().pid() || isZombie(pid)) return Optional.empty();
            String command = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
            boolean ours = command.contains(runtimeDirectory().toString())
                    || Files.readSymbolicLink(proc.resolve("cwd")).startsWith(root);
            return ours ? Optional.of(command) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    public static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // One that is just being reaped runs as little.
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException gone) {
            return true;
        }
    }

    /** What is left after every terminal was removed has no excuse. */
    public void assertNothingIsLeft() {
        await().atMost(SOON).untilAsserted(() -> assertThat(processes()).isEmpty());
        assertThat(Files.exists(runtimeDirectory(), LinkOption.NOFOLLOW_LINKS))
                .as("a runtime directory")
                .isFalse();
        for (Held one : held.values()) {
            assertThat(one.request.directory().toFile().list())
                    .as("files of %s", one.plan.get("name"))
                    .isNullOrEmpty();
        }
    }

    @Override
    public void close() {
        for (String name : held.keySet()) remove(name);
        for (Held one : held.values()) detach(one);
        sandbox.stop();
        sandbox.close();
        try {
            assertNothingIsLeft();
        } finally {
            if (Files.exists(runtimeDirectory())) tmux("kill-server");
        }
    }
}
