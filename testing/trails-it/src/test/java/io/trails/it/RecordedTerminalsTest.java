package io.trails.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Key;
import io.trails.Mode;
import io.trails.RecordingOptions;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Terminal;
import io.trails.Trails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of real terminals after these are gone, and what they must not show. */
@EnabledOnOs(OS.LINUX)
class RecordedTerminalsTest {
    private static final Mode PANES =
            Mode.named("panes").workspaces("in-place").terminals("tmux").build();
    private static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FIRST = "hunter2-correct-";
    private static final String SECOND = "horse";
    private static final String SECRET = FIRST + SECOND;

    /** Prints the secret in two pieces, the second one when a line was typed, and nothing in between. */
    private static final String PROGRAM = "stty -echo; printf %s \"${LOGIN%" + SECOND
            + "}\"; read -r x; printf '%s, that is it\\n' \"${LOGIN#" + FIRST + "}\"; stty echo\n";

    @TempDir
    Path folder;

    private Path project;
    private Path recordings;

    @BeforeAll
    static void need_tmux() {
        boolean installed = Arrays.stream(requireNonNull(System.getenv("PATH")).split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tmux")));
        assumeTrue(installed || Boolean.getBoolean("trails.test.requireTools"), "tmux is not installed");
        assertThat(installed).as("tmux is installed").isTrue();
    }

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        recordings = project.resolve(".trails/recordings");
    }

    private Trails trails() {
        return Trails.builder(project).settings(Settings.empty()).build();
    }

    private static Session open(Trails trails) {
        return trails.open(SessionSpec.named("work")
                .mode(PANES)
                .recording(RecordingOptions.output().withInput())
                .environment(Map.of("LOGIN", SECRET))
                .build());
    }

    private List<Path> saved() throws IOException {
        return files(recordings);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void a_secret_that_is_printed_in_pieces_is_in_no_file_once_its_terminal_is_removed() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            Terminal terminal = session.terminal();
            terminal.type(PROGRAM);
            terminal.await(screen -> screen.lines().stream().map(String::strip).anyMatch(FIRST::equals), SOON);
            terminal.type(SECRET);
            terminal.press(Key.ENTER);
            terminal.await(screen -> screen.text().contains(SECRET), SOON);

            assertThat(session.remove(ENDING).complete()).isTrue();
        }
        assertThat(saved()).singleElement().satisfies(file -> {
            assertThat(file.getFileName().toString()).matches("work-shell-[0-9a-f]+\\.cast");
            assertThat(file).content().contains("***, that is it").contains("\"i\",\"***\"", "\"x\",");
        });
        assertThat(filesWith(SECRET)).isEmpty();
    }

    private List<Path> filesWith(String text) throws IOException {
        var found = new ArrayList<Path>();
        try (Stream<Path> files = Files.walk(project.resolve(".trails"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) found.add(file);
            }
        }
        return found;
    }

    @Test
    void a_recorded_terminal_is_kept_while_there_is_no_place_for_its_recording() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            assertThat(session.terminal().run("echo of value", SOON).exitCode()).isZero();
            Files.createFile(recordings);

            RemovalReport report = session.remove(ENDING);

            assertThat(report.kept()).extracting(item -> item.reason().code()).containsExactly("recording.unsaved");
            Files.delete(recordings);
            assertThat(session.remove(ENDING).complete()).isTrue();
        }
        assertThat(saved())
                .singleElement()
                .satisfies(file -> assertThat(file).content().contains("of value"));
    }

    @Test
    void a_terminal_that_was_lost_leaves_its_recording() throws Exception {
        try (Trails trails = trails()) {
            Session session = open(trails);
            List<String> attach = session.terminal().attachCommand().orElseThrow();
            assertThat(session.terminal().run("echo of value", SOON).exitCode()).isZero();
            String socket = attach.get(attach.indexOf("-S") + 1);
            new ProcessBuilder("tmux", "-S", socket, "kill-server")
                    .start()
                    .onExit()
                    .get(SOON.toSeconds(), TimeUnit.SECONDS);

            await().atMost(SOON).untilAsserted(() -> {
                session.terminal();
                assertThat(recordings).exists();
                assertThat(saved())
                        .singleElement()
                        .satisfies(file -> assertThat(file).content().contains("of value"));
            });
            assertThat(session.remove(ENDING).complete()).isTrue();
        }
        assertThat(saved()).hasSize(2);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_any_step_of_a_removal_neither_loses_nor_doubles_the_recording() throws IOException {
        int steps = stepsOfARemoval();
        assertThat(steps).isGreaterThanOrEqualTo(3);
        SeveralAtOnce.check(IntStream.rangeClosed(1, steps)
                .<Callable<Void>>mapToObj(step -> () -> {
                    checkKilledAt(step, steps);
                    return null;
                })
                .toList());
    }

    private int stepsOfARemoval() {
        try (HostProcess host = HostProcess.start(RecordedHost.class, project, "0")) {
            return Integer.parseInt(host.reply().orElseThrow());
        }
    }

    private void checkKilledAt(int step, int steps) throws IOException {
        Path killed = Files.createDirectory(folder.resolve("killed-" + step));
        try (HostProcess host = HostProcess.start(RecordedHost.class, killed, String.valueOf(step))) {
            assertThat(host.awaitEnd()).as("killed at step %d", step).isEqualTo(137);
        }
        try (Trails trails = RecordedHost.trails(killed, new CrashSteps())) {
            Optional<Session> left = trails.find(RecordedHost.SESSION);
            if (left.isPresent())
                assertThat(left.get().remove(RecordedHost.ENDING).complete()).isTrue();
        }
        assertThat(files(killed.resolve(".trails/recordings")))
                .as("killed at step %d of %d", step, steps)
                .singleElement()
                .satisfies(file -> assertThat(file).content().contains("of value"));
    }
}
