package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path scratch;

    private Scene scene;

    @BeforeEach
    void a_repository() throws IOException {
        scene = Scene.in(scratch);
    }

    @Test
    void setup_commands_run_in_the_tree_in_their_order() throws IOException {
        WorktreePlan plan = create(LONG, "test -f README.md && echo one > order", "echo two >> order; cat");
        assertThat(plan.root().resolve("order")).hasContent("one\ntwo");
    }

    @Test
    void setup_commands_are_not_led_to_another_repository() throws IOException {
        var environment = new HashMap<>(scene.repository().environment());
        environment.put("GIT_DIR", "/nowhere");
        environment.put("KEPT", "yes");
        WorkspaceRequest request = scene.request("login", scene.repository().directory(), environment)
                .settings(settings(LONG, "git rev-parse --show-toplevel > where; echo $KEPT > kept"))
                .build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        assertThat(plan.root().resolve("where")).hasContent(plan.root().toString());
        assertThat(plan.root().resolve("kept")).hasContent("yes");
    }

    @Test
    void a_command_that_fails_shows_its_output_and_leaves_nothing() throws IOException {
        var before = scene.traces();
        assertThatThrownBy(() -> create(LONG, "echo made > made", "echo out; echo err >&2; exit 3"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.setup-failed"))
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("out\nerr")
                .hasNoSuppressedExceptions();
        scene.assertTraces(before);
    }

    @Test
    void of_much_output_the_end_is_shown() {
        assertThatThrownBy(() -> create(LONG, "seq 1 100000; exit 1"))
                .hasMessageContaining("99999\n100000")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(10_000));
    }

    @Test
    void a_program_that_is_not_there_is_named() throws IOException {
        var before = scene.traces();
        WorkspaceRequest request = scene.request(
                "login",
                WorkspaceSettings.none()
                        .withSetup(List.of(new WorkspaceSettings.Setup(List.of("/no/such/program"), LONG))));
        WorktreePlan plan = scene.plan(request);
        assertThatThrownBy(() -> scene.create(plan, request)).hasMessageContaining("/no/such/program");
        scene.assertTraces(before);
    }

    @Test
    void at_its_deadline_a_command_ends_with_its_descendants_and_leaves_nothing() throws IOException {
        Path pids = scene.scratch().resolve("state/pids");
        Files.createDirectories(pids.getParent());
        Files.createFile(pids);
        var before = scene.traces();
        // On a busy machine the time may be up before both have begun, which proves nothing.
        for (int seconds = 4; Files.readAllLines(pids).size() < 2 && seconds < 60; seconds *= 3) {
            Duration timeout = Duration.ofSeconds(seconds);
            assertThatThrownBy(() -> create(
                            timeout,
                            "echo begun; sleep 300 & echo $! > '" + pids + "'; (sleep 300; true) & echo $! >> '" + pids
                                    + "'; wait"))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.setup-failed"))
                    .hasMessageContaining("did not end within " + seconds + " s")
                    .message()
                    .matches(message -> message.contains("begun") || isEmpty(pids));
            scene.assertTraces(before);
        }
        assertThat(Files.readAllLines(pids)).hasSize(2);
        for (String pid : Files.readAllLines(pids)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !ProcessHandle.of(Long.parseLong(pid))
                            .map(ProcessHandle::isAlive)
                            .orElse(false));
        }
    }

    private static boolean isEmpty(Path file) {
        return file.toFile().length() == 0;
    }

    private WorktreePlan create(Duration timeout, String... scripts) throws IOException {
        WorkspaceRequest request = scene.request("login", settings(timeout, scripts));
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        return plan;
    }

    private static WorkspaceSettings settings(Duration timeout, String... scripts) {
        return WorkspaceSettings.none()
                .withSetup(List.of(scripts).stream()
                        .map(script -> new WorkspaceSettings.Setup(List.of("sh", "-c", script), timeout))
                        .toList());
    }
}
