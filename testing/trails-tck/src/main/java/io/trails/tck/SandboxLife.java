package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A session's sandbox. Closing it ends its processes and removes it. */
final class SandboxLife implements Life, AutoCloseable {
    private static final String IS_ALIVE = """
            kill -0 "$1" 2>/dev/null || { echo dead; exit; }
            line=
            [ -r "/proc/$1/stat" ] && read -r line < "/proc/$1/stat"
            case "${line##*)}" in ' Z'*) echo dead;; *) echo alive;; esac
            """;

    private static final Pattern SHELL = Pattern.compile("(\\S*/)?sh -c ");
    private static final String WITNESS = "trails-tck-witness-";

    private final Supplier<SandboxProvider> provider;
    private final SandboxRequest request;
    private final Plan plan;
    private Optional<Sandbox> sandbox = Optional.empty();

    SandboxLife(Supplier<SandboxProvider> provider, SandboxRequest request) {
        this.provider = provider;
        this.request = request;
        plan = provider.get().plan(request);
    }

    Sandbox sandbox() {
        return sandbox.orElseThrow();
    }

    SandboxRequest request() {
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
        take(provider.get().create(plan, request));
    }

    @Override
    public void open() {
        take(provider.get().open(plan, request));
    }

    private void take(Sandbox next) {
        sandbox.ifPresent(Sandbox::close);
        sandbox = Optional.of(next);
    }

    @Override
    public void use() {
        assertThat(sh("echo usable")).isEqualTo("usable");
    }

    @Override
    public RemovalReport remove(RemovalPolicy policy) {
        return provider.get().remove(plan, policy);
    }

    /** A sandbox that creates nothing of its own has nothing to lose but the files it works on. */
    @Override
    public void vanish() throws IOException {
        Life.super.vanish();
        if (request.location() instanceof HostDirectory files) {
            try (Stream<Path> all = Files.walk(files.path())) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }
    }

    /** What a shell script that succeeds prints. */
    String sh(String script, String... arguments) {
        ExecResult result = sandbox().exec(script(script, arguments)).orThrow();
        return result.stdout().text().strip();
    }

    /** Whether one command can tell another, by its id, about a process. */
    boolean hasIds() {
        return provider.get().capabilities().contains(SandboxCapability.SHARED_PROCESSES);
    }

    /** A process that the test is going to start and to watch. */
    Sleeper sleeper() {
        return new Sleeper(this);
    }

    static Command script(String script, String... arguments) {
        var argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return Command.of(argv).timeout(Patience.limit());
    }

    /** Whether a process of that id lives in the sandbox; one that only waits to be reaped does not. */
    boolean isAlive(String pid) {
        return isAlive(sandbox(), pid);
    }

    static boolean isAlive(Sandbox sandbox, String pid) {
        String answer =
                sandbox.exec(script(IS_ALIVE, pid)).orThrow().stdout().text().strip();
        return answer.equals("alive");
    }

    /** Skips the test unless a process of the sandbox that is known to live stands in an argument list of this machine. */
    void assumeShown() {
        String none = "no process table of this machine shows the sandbox's processes";
        assumeTrue(sandbox.isPresent(), none);
        String witness = WITNESS + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        Patience.start(() -> sandbox().exec(script("sleep 5; :", witness)));
        assumeTrue(Patience.within(Patience.limit(), () -> isShell(witness)), none);
    }

    private static boolean isShell(String witness) {
        return ArgumentLists.with(witness).values().stream()
                .anyMatch(list -> SHELL.matcher(list).lookingAt());
    }

    @Override
    public void close() {
        sandbox.ifPresent(Sandbox::stop);
        sandbox.ifPresent(Sandbox::close);
        if (Files.exists(request.directory())) remove(RemovalPolicy.safe().endingProcesses());
    }
}
