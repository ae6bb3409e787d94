package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.TerminalCapability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Provider;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts over a terminal share: how one is asked for, and what is special in the rules of every provider. */
abstract class TerminalRules extends ProviderContract<TerminalProvider> {
    /** Repeats what it reads. */
    static final String ECHO = "echo listening; exec cat";

    static final String SESSION = "terminals";

    /** What the sandbox writes is no trace of the terminal. */
    @TempDir
    Path sandboxDirectory;

    private Optional<SandboxLife> theSandbox = Optional.empty();

    TerminalRules() {}

    /**
     * The provider of the sandbox under the terminals. The default is the {@code host} of trails itself.
     *
     * @return a new instance at every call
     */
    protected SandboxProvider sandboxProvider() {
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            if (provider instanceof SandboxProvider sandboxes && provider.id().equals("host")) return sandboxes;
        }
        throw new IllegalStateException("No provider 'host' is on the class path; override sandboxProvider()");
    }

    /**
     * Where the programs work. The default is the project as a directory of this host.
     *
     * @param project the project of this test
     * @return a location of a type the sandbox provider accepts
     */
    protected Location location(Path project) {
        return new HostDirectory(project);
    }

    final SandboxLife sandbox() throws IOException {
        if (theSandbox.isEmpty()) {
            SandboxLife sandbox = plannedSandbox();
            sandbox.create();
        }
        return theSandbox.orElseThrow();
    }

    final SandboxLife plannedSandbox() throws IOException {
        var request = SandboxRequest.builder(SESSION, location(project()), sandboxDirectory)
                .environment(System.getenv())
                .build();
        var sandbox = new SandboxLife(this::sandboxProvider, request);
        closeLater(sandbox);
        theSandbox = Optional.of(sandbox);
        return sandbox;
    }

    @Override
    final TerminalLife life(String name) throws IOException {
        return life(name, ECHO);
    }

    final TerminalLife life(String name, String script, String... arguments) throws IOException {
        var argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return life(request(name)
                .command(Command.of(argv).environment(System.getenv()))
                .build());
    }

    final TerminalLife life(TerminalRequest request) throws IOException {
        SandboxLife sandbox = sandbox();
        var life = new TerminalLife(this::provider, sandbox::sandbox, request);
        closeLater(life);
        return life;
    }

    final TerminalLife created(String name, String script, String... arguments) throws IOException {
        TerminalLife life = life(name, script, arguments);
        life.create();
        return life;
    }

    final TerminalRequest.Builder request(String name) {
        return TerminalRequest.builder(SESSION, name, ownDirectory(SESSION, "terminal-" + name));
    }

    final TerminalLife shell(String name) throws IOException {
        TerminalLife life = life(request(name).environment(System.getenv()).build());
        life.create();
        return life;
    }

    @Override
    final Optional<Life> doomed() throws IOException {
        var failing = new FailingSandbox();
        var request = request("doomed").command(Command.of("sh", "-c", ECHO)).build();
        assumeTrue(failing.capabilities().containsAll(provider().requires()));
        return Optional.of(new TerminalLife(this::provider, () -> failing, request));
    }

    final void assumeCapability(TerminalCapability capability) throws IOException {
        var capabilities = provider().capabilities(sandbox().sandbox().capabilities());
        assumeTrue(capabilities.contains(capability), () -> "the provider has no " + capability + " over this sandbox");
    }

    @Override
    final void assumeReopenable() throws IOException {
        assumeCapability(TerminalCapability.SURVIVES_HOST);
    }

    @Test
    @Rule("P-06")
    final void a_plan_holds_no_secret() throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ACME_TOKEN", SandboxRules.SECRET);
        var command = Command.of("sh", "-c", ECHO).environment(environment);
        Plan plan = life(request("secret").command(command).build()).created();
        assertThat(plan.values().toString()).doesNotContain(SandboxRules.SECRET);
    }

    @Test
    @Rule("P-07")
    final void creating_again_does_not_start_the_program_twice() throws IOException {
        TerminalLife life = life("once", "echo x >> starts; " + ECHO);
        life.create();
        life.use();
        life.create();
        life.use();
        assertThat(sandbox().sh("cat starts")).isEqualTo("x");
    }
}
