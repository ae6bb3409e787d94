package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.spi.HostDirectory;
import io.trails.spi.ResourceLostException;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about what is not started, and about what a program brings along and others must not see. */
abstract class TerminalStartRules extends TerminalProgramRules {
    private static final int LOOKS = 40;

    TerminalStartRules() {}

    @Test
    @Rule("T-13")
    final void a_program_that_does_not_exist_is_not_started() throws IOException {
        assertNotStarted("missing", Command.of("acme-no-such-program"));
        assertNotStarted("nowhere", Command.of("/nowhere/acme"));
    }

    @Test
    @Rule("T-13")
    final void a_program_is_not_started_in_a_directory_that_does_not_exist() throws IOException {
        assumeTrue(location(project()) instanceof HostDirectory, "the files are not in a directory of this host");
        assertNotStarted("missing", Command.of("sh", "-c", ECHO).in(project().resolve("missing")));
        assertNotStarted("file", Command.of("sh", "-c", ECHO).in(project().resolve("README.md")));
    }

    private void assertNotStarted(String name, Command command) throws IOException {
        var environment = new HashMap<>(System.getenv());
        TerminalLife life =
                life(request(name).command(command.environment(environment)).build());
        Files.createDirectories(life.directory());
        assertMakesNothing(
                "left behind",
                () -> assertThat(TerminalLife.codeOf(() -> createUnchecked(life)))
                        .as("what creating a terminal for %s throws", command.argv())
                        .isEqualTo("terminal.not-started"));
        assertThatThrownBy(life::open).isInstanceOf(ResourceLostException.class);
    }

    private static void createUnchecked(TerminalLife life) {
        try {
            life.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Rule("T-14")
    final void what_a_program_gets_in_its_environment_no_other_one_gets() throws IOException {
        TerminalLife one = life(reporting("one", Map.of("ACME_TOKEN", "of one", "ACME_ONE", "1")));
        one.create();
        one.see("listening");
        TerminalLife two = life(reporting("two", Map.of("ACME_TOKEN", "of two")));
        two.create();
        two.see("listening");
        assertThat(sandbox().sh("grep ACME_ env-one").lines())
                .containsExactlyInAnyOrder("ACME_TOKEN=of one", "ACME_ONE=1");
        assertThat(sandbox().sh("grep ACME_ env-two").lines()).containsExactly("ACME_TOKEN=of two");
    }

    private TerminalRequest reporting(String name, Map<String, String> variables) {
        var environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        return request(name)
                .command(Command.of("sh", "-c", "env > env-" + name + "; " + ECHO)
                        .environment(environment))
                .build();
    }

    @Test
    @Rule("T-14")
    final void what_a_program_gets_in_its_environment_is_in_no_argument_list() throws IOException {
        // Drawn anew: another run of this test on this machine may be one that leaks.
        String secret = "s3cret-" + UUID.randomUUID();
        var environment = new HashMap<>(System.getenv());
        environment.put("ACME_TOKEN", secret);
        var life = life(request("secret")
                .command(Command.of("sh", "-c", ECHO).environment(environment))
                .build());
        List<String> lists = new ArrayList<>();
        Thread starting = Patience.start(() -> createUnchecked(life));
        for (int i = 0; i < LOOKS; i++) lists.addAll(ArgumentLists.ofThisMachine());
        Patience.until("start of the program", () -> !starting.isAlive());
        life.see("listening");
        lists.addAll(ArgumentLists.ofThisMachine());
        assumeTrue(lists.stream().anyMatch(list -> list.contains("java")), "no process table to look at");
        assertThat(lists).noneMatch(list -> list.contains(secret));
    }
}
