package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trails.Command;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules of a sandbox about what several sessions share, and about processes that something there starts for one. */
abstract class SandboxMarkRules extends SandboxRules {
    /** Runs its arguments in the background, in a session of their own where the system has such. */
    private static final String HOLD = """
            if command -v setsid >/dev/null; then set -- setsid "$@"; fi
            "$@" </dev/null >/dev/null 2>&1 &
            """;

    /** The host has them all together: another run of the same test on this machine may be at it. */
    private final String drawn = UUID.randomUUID().toString();

    SandboxMarkRules() {}

    private String mark(String name) {
        return "acme/" + drawn + "/" + name;
    }

    private static void hold(Sandbox sandbox, Command inside) {
        sandbox.shared()
                .exec(SandboxLife.script(HOLD, inside.argv().toArray(new String[0]))
                        .environment(inside.environment())
                        .in(inside.directory().orElseThrow()))
                .orThrow();
    }

    /** Holds a program that starts these, and waits for them. */
    private static void hold(SandboxLife life, String mark, String script, Sleeper... started) {
        hold(life.sandbox(), life.sandbox().inside(SandboxLife.script(script), mark));
        for (Sleeper sleeper : started) sleeper.awaitStart();
    }

    private static Sleeper held(SandboxLife life, String mark) {
        Sleeper sleeper = life.sleeper();
        hold(life, mark, sleeper.instead(), sleeper);
        return sleeper;
    }

    private SandboxLife marked(String session) throws IOException {
        assumeCapability(SandboxCapability.MARKS);
        return created(session);
    }

    private SandboxLife sharing(String session) throws IOException {
        SandboxLife life = created(session);
        assumeFalse(life.sandbox().shared().equals(life.sandbox()), "each session has a place of its own");
        return life;
    }

    @Test
    @Rule("S-16")
    final void what_is_shared_belongs_to_no_session() throws IOException {
        SandboxLife life = sharing("shared");
        Sandbox shared = life.sandbox().shared();
        String script = "sleep 300 >/dev/null 2>&1 </dev/null & echo $!";
        String pid = shared.exec(SandboxLife.script(script))
                .orThrow()
                .stdout()
                .text()
                .strip();
        try {
            assertThat(life.sandbox().usage().processes()).as("of the session").isZero();
            life.sandbox().stop();
            assertThat(SandboxLife.isAlive(shared, pid)).as("after stop").isTrue();
            life.sandbox().close();
            assertThat(SandboxLife.isAlive(shared, pid)).as("after close").isTrue();
        } finally {
            shared.exec(SandboxLife.script("kill \"$1\"", pid));
        }
    }

    @Test
    @Rule("S-16")
    final void what_is_shared_has_no_variable_of_a_session() throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ACME_OF_SESSION", "1");
        SandboxLife life = created(request("variables").environment(environment));
        assumeFalse(life.sandbox().shared().equals(life.sandbox()), "each session has a place of its own");
        String variables = life.sandbox()
                .shared()
                .exec(SandboxLife.script("env"))
                .orThrow()
                .stdout()
                .text();
        assertThat(variables).doesNotContain("ACME_OF_SESSION");
    }

    @Test
    @Rule("S-16")
    final void sandboxes_of_a_session_share_the_same() throws IOException {
        SandboxLife life = sharing("same");
        SandboxProvider provider = provider();
        try (Sandbox one = provider.open(life.created(), life.request());
                Sandbox other = provider.open(life.created(), life.request())) {
            assertThat(one.shared()).isEqualTo(other.shared()).hasSameHashCodeAs(other.shared());
        }
    }

    @Test
    @Rule("S-17")
    final void what_is_started_inside_belongs_to_the_session() throws IOException {
        SandboxLife life = marked("inside");
        Sleeper program = held(life, mark("one"));
        int processes = life.sandbox().usage().processes();
        assertThat(processes).isPositive();
        // What has a process table of its own may need a process to keep it.
        if (life.hasIds()) assertThat(processes).isEqualTo(1);
        life.sandbox().stop();
        program.awaitEnd();
        assertThat(life.sandbox().usage().processes()).as("after stop").isZero();
    }

    @Test
    @Rule("S-17")
    final void arguments_directory_and_variables_reach_what_is_started_inside() throws IOException {
        assumeCapability(SandboxCapability.MARKS);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ACME_OF_SESSION", "session's");
        environment.put("GIT_DIR", "hijacked");
        SandboxLife life = created(request("complete").environment(environment));
        String script = "{ pwd; printf '<%s>' \"$1\" \"$ACME\" \"$ACME_OF_SESSION\" \"${GIT_DIR-none}\"; } > ../told";
        Command inside = life.sandbox()
                .inside(
                        SandboxLife.script(script, "two words; $HOME\n")
                                .in(Path.of("src/deep"))
                                .environment(Map.of("ACME", "quote'\"\n")),
                        mark("two"));
        assertThat(inside.directory().orElseThrow()).isAbsolute();
        assertThat(inside.environment()).doesNotContainKey("GIT_DIR");
        hold(life.sandbox(), inside);
        Patience.until(
                "what it was told",
                () -> life.sh("cat src/told 2>/dev/null || :").endsWith("<none>"));
        assertThat(life.sh("cat src/told"))
                .contains("/src/deep\n")
                .endsWith("<two words; $HOME\n><quote'\"\n><session's><none>");
    }

    @Test
    @Rule("S-17")
    final void what_cannot_be_started_inside_says_so() throws IOException {
        SandboxLife life = marked("not-inside");
        for (Command command : List.of(
                Command.of("no-such-program-anywhere"),
                Command.of("/no/such/program"),
                Command.of("true").in(Path.of("no-such-folder")))) {
            assertThatThrownBy(() -> life.sandbox().inside(command, mark("none")))
                    .as("%s in %s", command, command.directory())
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("exec.not-started"));
        }
    }

    @Test
    @Rule("S-18")
    final void a_mark_is_alive_as_long_as_its_processes() throws IOException {
        SandboxLife life = marked("alive");
        assertThat(life.sandbox().isAlive(mark("three"))).as("before").isFalse();
        Sleeper program = life.sleeper();
        Sleeper child = life.sleeper();
        hold(life, mark("three"), child.inBackground() + program.instead(), program, child);
        assertThat(life.sandbox().isAlive(mark("three"))).isTrue();
        program.kill();
        assertThat(life.sandbox().isAlive(mark("three")))
                .as("with a child left")
                .isTrue();
        life.open();
        assertThat(life.sandbox().isAlive(mark("three")))
                .as("as seen by another instance")
                .isTrue();
        child.kill();
        Patience.until("end of all", () -> !life.sandbox().isAlive(mark("three")));
        assertThat(life.sandbox().end(mark("three"))).as("the end of nobody").isTrue();
    }

    @Test
    @Rule("S-18")
    final void the_end_of_a_mark_is_that_of_its_descendants_and_of_no_other() throws IOException {
        SandboxLife life = marked("ended");
        Sleeper other = held(life, mark("four"));
        Sleeper longer = held(life, mark("five5"));
        Sleeper program = life.sleeper();
        Sleeper child = life.sleeper();
        Sleeper stubborn = life.sleeper();
        Sleeper orphan = life.sleeper();
        hold(
                life,
                mark("five"),
                child.inBackground()
                        + "env -i PATH=\"$PATH\" sh -c 'trap \"\" TERM HUP; " + stubborn.inForeground() + "' &\n"
                        + "(sh -c '" + orphan.instead() + "' &)\n"
                        + program.instead(),
                program,
                child,
                stubborn,
                orphan);
        life.open();
        assertThat(life.sandbox().end(mark("five"))).isTrue();
        assertThat(life.sandbox().isAlive(mark("five"))).isFalse();
        assertThat(program.isAlive()).as("the program").isFalse();
        for (Sleeper descendant : List.of(child, stubborn, orphan)) {
            assertThat(descendant.isAlive()).as("a descendant").isFalse();
        }
        assertThat(longer.isAlive()).as("of a longer mark").isTrue();
        assertThat(other.isAlive()).as("of another mark").isTrue();
    }
}
