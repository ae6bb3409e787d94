package io.trails.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.spi.HeldTerminal;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories whose names mean something to tmux or to a shell, and directories that cannot be used. */
class HostileDirectoriesTest {
    private static final List<String> NAMES = List.of(
            "#{pane_id}",
            "#(touch executed)",
            "##[fg=red]#S",
            "$(touch executed)`touch executed`$HOME",
            "quote'\"quote",
            "two\nlines\n",
            "%H %% %n",
            "größe 語 🙂",
            "-c",
            " ; touch executed;",
            "ends;",
            "tab\tand\\back\\slash\\",
            " ");

    @TempDir
    Path root;

    private TerminalRequest in(LiveTerminals terminals, String name, Path directory, String... argv) {
        return terminals
                .request(name)
                .command(Command.of(argv).environment(System.getenv()).in(directory))
                .build();
    }

    @Test
    void a_program_runs_in_exactly_the_directory_asked_for() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            int number = 0;
            for (String name : NAMES) {
                Path directory = Files.createDirectory(terminals.work().resolve(name));
                HeldTerminal terminal = terminals.create(in(terminals, "d" + ++number, directory, "touch", "here"));
                assertThat(LiveTerminals.exitCode(terminal)).as(name).isZero();
                assertThat(directory.resolve("here")).as(name).exists();
            }
            try (var all = Files.walk(root)) {
                assertThat(all.filter(path -> path.endsWith("executed"))).isEmpty();
            }
            assertThat(terminals.runtimeDirectory().resolve("executed")).doesNotExist();
        }
    }

    @Test
    void the_state_may_be_in_such_a_directory_too() throws IOException {
        int number = 0;
        for (String name : NAMES) {
            Path below = Files.createDirectories(root.resolve(name).resolve("p" + ++number));
            // A shell that takes bytes for what they are, as services have it.
            try (var terminals =
                    new LiveTerminals(below, java.util.Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C"))) {
                HeldTerminal shell = terminals.shell("t");
                assertThat(shell.run("echo \"a 'line'\"; (exit 3)", LiveTerminals.SOON))
                        .as(name)
                        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(3))
                        .satisfies(result -> assertThat(result.stdout().text()).isEqualTo("a 'line'\n"));
                assertThat(LiveTerminals.printed(shell)).isNotEmpty();
            }
        }
        try (var all = Files.walk(root)) {
            assertThat(all.filter(path -> path.endsWith("executed"))).isEmpty();
        }
    }

    @Test
    void a_terminal_may_have_such_a_name_too() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            for (String name : NAMES) {
                var request = TerminalRequest.builder(name, name, terminals.directory("t" + name.hashCode()))
                        .stateDirectory(terminals.stateDirectory())
                        .command(Command.of("sh", "-c", "echo listening; read line; exit 8")
                                .environment(System.getenv()))
                        .build();
                HeldTerminal terminal = terminals.create(request);
                LiveTerminals.see(terminal, "listening");
                LiveTerminals.see(terminals.open(name), "listening");
                terminal.type("go\n");
                assertThat(LiveTerminals.exitCode(terminal)).as(name).isEqualTo(8);
            }
            assertThat(terminals.runtimeDirectory().resolve("executed")).doesNotExist();
        }
        assertThat(Path.of("executed")).doesNotExist();
        assertThat(Path.of("/executed")).doesNotExist();
    }

    @Test
    void a_directory_that_cannot_be_entered_is_an_error_that_leaves_nothing() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            Path missing = terminals.work().resolve("missing #(touch executed)");
            Path file = Files.writeString(terminals.work().resolve("file"), "");
            Path deep = terminals.work().resolve("x".repeat(255)).resolve("y");
            int number = 0;
            for (Path directory : List.of(missing, file, deep)) {
                String name = "n" + ++number;
                TerminalRequest request = in(terminals, name, directory, "touch", "started");
                assertThat(LiveTerminals.codeOf(() -> terminals.create(request)))
                        .isEqualTo("terminal.not-started");
                assertThat(terminals.directory(name)).isEmptyDirectory();
            }
            try (var all = Files.walk(root)) {
                assertThat(all.filter(path -> path.endsWith("executed") || path.endsWith("started")))
                        .isEmpty();
            }
            terminals.program("last", "true");
        }
    }

    @Test
    void a_directory_deleted_while_the_program_runs_disturbs_nothing_else() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            Path directory = Files.createDirectory(terminals.work().resolve("gone"));
            HeldTerminal terminal = terminals.create(
                    in(terminals, "t", directory, "sh", "-c", "echo listening; read line; echo \"got $line\"; exit 4"));
            LiveTerminals.see(terminal, "listening");
            Files.delete(directory);
            terminal.type("still there\n");
            LiveTerminals.see(terminal, "got still there");
            assertThat(LiveTerminals.exitCode(terminal)).isEqualTo(4);
        }
    }
}
