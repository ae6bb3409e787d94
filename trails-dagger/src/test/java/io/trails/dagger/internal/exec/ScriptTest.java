package io.trails.dagger.internal.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Limits;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script alone, in the shells that images have. */
class ScriptTest {
    private static final String DASH = "dash";
    private static final String BUSYBOX = "busybox ash";
    private static final String BASH = "bash --posix";

    @TempDir
    Path place;

    /** What it left. */
    private record Left(Told told, String out, String err, int scriptsExit) {}

    private Left run(String shell, String input, Map<String, String> environment, List<String> arguments)
            throws Exception {
        String[] words = shell.split(" ");
        Optional<String> program = find(words[0]);
        assumeTrue(program.isPresent(), () -> words[0] + " is not installed");
        words[0] = program.get();
        Path io = Files.createTempDirectory(place, "io");
        Path script =
                Files.writeString(place.resolve("run.sh"), Script.text().replace("/bin/sh", String.join(" ", words)));
        var line = new ArrayList<>(List.of(words));
        line.add(script.toString());
        line.add(io.toString());
        line.addAll(arguments.subList(3, arguments.size()));
        var builder = new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(place.resolve("noise").toFile());
        builder.redirectInput(Files.writeString(place.resolve("stdin"), input).toFile());
        builder.environment().keySet().retainAll(Set.of("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the script has ended")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Left(
                Told.in(io),
                Files.readString(io.resolve("out")),
                Files.readString(io.resolve("err")),
                process.exitValue());
    }

    private static Optional<String> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private List<String> plain(String... argv) {
        return Script.arguments(Optional.empty(), "none", place.toString(), Limits.none(), List.of(argv));
    }

    private Left run(String shell, String... argv) throws Exception {
        return run(shell, "", Map.of(), plain(argv));
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void outputs_and_every_exit_code_are_told(String shell) throws Exception {
        Left both = run(shell, "sh", "-c", "printf one; printf two >&2; exit 3");
        assertThat(both.out()).isEqualTo("one");
        assertThat(both.err()).isEqualTo("two");
        assertThat(both.told()).isEqualTo(new Told(Told.How.EXITED, "3", false));
        assertThat(both.scriptsExit()).isZero();
        for (int code : new int[] {0, 1, 126, 127, 128, 137, 255}) {
            Left left = run(shell, "sh", "-c", "exit " + code);
            assertThat(left.told()).isEqualTo(new Told(Told.How.EXITED, Integer.toString(code), false));
            assertThat(left.scriptsExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void a_signal_is_128_and_its_number(String shell) throws Exception {
        for (int signal : new int[] {1, 2, 6, 9, 11, 15}) {
            Left left = run(shell, "sh", "-c", "kill -" + signal + " $$");
            assertThat(left.told().exitCode()).as("signal " + signal).isEqualTo(128 + signal);
            assertThat(left.scriptsExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void what_cannot_start_is_told_and_nothing_is_run(String shell) throws Exception {
        Files.writeString(place.resolve("data"), "no program");
        Path bad = Files.writeString(place.resolve("bad"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String program : List.of("no-such-program", "/no/such/program", "./data", "./bad", "cd", "export", "/")) {
            assertThat(run(shell, program).told())
                    .as(program)
                    .isEqualTo(new Told(Told.How.UNSTARTED, "program", false));
        }
        var elsewhere = Script.arguments(Optional.empty(), "none", "/no/such/place", Limits.none(), List.of("true"));
        assertThat(run(shell, "", Map.of(), elsewhere).told())
                .isEqualTo(new Told(Told.How.UNSTARTED, "directory", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void input_reaches_the_command_or_ends_at_once(String shell) throws Exception {
        var piped = Script.arguments(Optional.empty(), "pipe", place.toString(), Limits.none(), List.of("cat"));
        assertThat(run(shell, "some\ninput", Map.of(), piped).out()).isEqualTo("some\ninput");
        Path file = Files.writeString(place.resolve("a file"), "of a file");
        var filed =
                Script.arguments(Optional.empty(), file.toString(), place.toString(), Limits.none(), List.of("cat"));
        assertThat(run(shell, "", Map.of(), filed).out()).isEqualTo("of a file");
        assertThat(run(shell, "not for it", Map.of(), plain("cat")).out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void arguments_and_variables_reach_the_command_as_they_are(String shell) throws Exception {
        String odd = "a 'b' \"c\" $HOME `id` \\ *\n";
        Left left = run(
                shell,
                "",
                Map.of("io", "mine", "IFS", "x", "dir", odd, "TRAILS_OP", "n"),
                plain("sh", "-c", "printf '%s|' \"$@\" \"$io\" \"$dir\" \"${TRAILS_OP-none}\"", "sh", odd, "", "-n"));
        assertThat(left.out()).isEqualTo(odd + "||-n|mine|" + odd + "|none|");
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void variables_that_no_shell_can_name_reach_the_command(String shell) throws Exception {
        Variables variables = Variables.of(Map.of("a.b", "one\n", "npm_config_c-d", "two words", "PLAIN", "three"));
        Left left = run(shell, "", variables.plain(), plain("env"));
        assertThat(left.out().lines()).contains("a.b=one", "npm_config_c-d=two words", "PLAIN=three");
        assertThat(left.out()).doesNotContain("TRAILS_ODD");
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void what_the_engine_sets_for_itself_is_hidden_unless_the_command_was_given_it(String shell) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put(EngineVariables.HIDE, EngineVariables.without(List.of("TRACESTATE")));
        environment.putAll(Map.of("BAGGAGE", "the engine's", "OTEL_TRACES_EXPORTER", "otlp", "TRACESTATE", "recipe"));
        environment.putAll(Variables.of(Map.of("TRACEPARENT", "mine")).plain());
        Left left = run(shell, "", environment, plain("env"));
        assertThat(left.out().lines()).contains("TRACEPARENT=mine", "TRACESTATE=recipe");
        assertThat(left.out()).doesNotContain("BAGGAGE", "OTEL_", "TRAILS_", "OLDPWD");
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void a_search_path_of_the_commands_own_hides_nothing_from_the_script(String shell) throws Exception {
        var variables = new HashMap<>(Variables.of(Map.of("a.b", "one")).plain());
        variables.put("PATH", place + "/nowhere");
        assertThat(run(shell, "", variables, plain("/usr/bin/env")).out().lines())
                .contains("PATH=" + place + "/nowhere", "a.b=one");
        var limited = Script.arguments(
                Optional.of(Duration.ofMillis(300)),
                "none",
                place.toString(),
                Limits.none(),
                List.of("/bin/sleep", "300"));
        assertThat(run(shell, "", variables, limited).told().late()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void what_is_not_the_scripts_own_is_taken_away(String shell) throws Exception {
        Left left = run(
                shell,
                "sh",
                "-c",
                "echo said; cd " + place + "/io*; mkdir -p 'a b/c' late; ln -s / .x; ln -s " + place
                        + " ..y; mkfifo end err.; rm err; mkdir err; chmod -R 500 'a b'; exit 9");
        assertThat(left.told()).isEqualTo(new Told(Told.How.EXITED, "9", false));
        assertThat(left.out()).isEqualTo("said\n");
        assertThat(left.err()).isEmpty();
        assertThat(place).isDirectoryContaining("glob:**/run.sh");
        try (Stream<Path> all = Files.walk(place)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .contains("pid", "end")
                    .doesNotContain("c", ".x", "err.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void a_command_is_ended_at_its_deadline_though_it_ignores_signals(String shell) throws Exception {
        var arguments = Script.arguments(
                Optional.of(Duration.ofMillis(300)),
                "none",
                place.toString(),
                Limits.none(),
                List.of("sh", "-c", "trap '' TERM; echo before; while :; do sleep 1; done"));
        Left left = run(shell, "", Map.of(), arguments);
        assertThat(left.told().late()).isTrue();
        assertThat(left.out()).isEqualTo("before\n");
        assertThat(left.scriptsExit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void what_is_left_in_the_background_is_not_waited_for(String shell) throws Exception {
        Left left = run(shell, "sh", "-c", "sleep 300 & echo done");
        assertThat(left.out()).isEqualTo("done\n");
        assertThat(left.told()).isEqualTo(new Told(Told.How.EXITED, "0", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void a_signal_to_the_script_does_not_lose_the_commands_exit_code(String shell) throws Exception {
        assertThat(run(shell, "sh", "-c", "kill -TERM $PPID; kill -INT $PPID; sleep 0.2; exit 7")
                        .told())
                .isEqualTo(new Told(Told.How.EXITED, "7", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void limits_hold_for_the_command(String shell) throws Exception {
        var limits = Limits.builder()
                .cpuTime(Duration.ofMillis(900))
                .openFiles(30)
                .fileSize(2_000)
                .build();
        var opened = Script.arguments(
                Optional.empty(), "none", place.toString(), limits, List.of("sh", "-c", "ulimit -n; ulimit -t"));
        assertThat(run(shell, "", Map.of(), opened).out()).isEqualTo("30\n1\n");
        var spinning = Script.arguments(
                Optional.empty(), "none", place.toString(), limits, List.of("sh", "-c", "while :; do :; done"));
        assertThat(run(shell, "", Map.of(), spinning).told().exitCode()).isEqualTo(128 + 24);
        var big = Script.arguments(
                Optional.empty(), "none", place.toString(), limits, List.of("sh", "-c", "exec head -c 9000 /dev/zero"));
        assertThat(run(shell, "", Map.of(), big).told().exitCode()).isEqualTo(128 + 25);
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, BUSYBOX, BASH})
    void a_home_of_nobody_becomes_the_users_own(String shell) throws Exception {
        assertThat(run(shell, "", Map.of("HOME", "/"), plain("sh", "-c", "echo $HOME"))
                        .out())
                .isNotEqualTo("/\n");
        assertThat(run(shell, "", Map.of("HOME", "/given"), plain("sh", "-c", "echo $HOME"))
                        .out())
                .isEqualTo("/given\n");
    }
}
