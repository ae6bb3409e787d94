package io.trails.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.SessionState;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.spi.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTrailsTest {
    private static final String BY_NAME = """
            {"last_used": "fix", "sessions": {
              "fix": {"name": "fix", "agent": "claude", "created_at": "2025-01-02T03:04:05.5", "session_mode": "worktree",
                      "worktree_path": "/work/fix", "branch": "trails/fix", "status": "running", "tmux_session": "trails-fix",
                      "state": "odd", "problem": 7},
              "old": {"agent": "aider", "created_at": 1735787045.25},
              "Tree": {"worktree_path": "trees/x", "created_at": "last tuesday"},
              "boxed": {"session_mode": "dagger", "worktree_path": "/work/boxed", "container_id": "abc"},
              "odd": 42,
              "bad\\u0000name": {"agent": "x"}
            }}
            """;

    @TempDir
    Path project;

    private Path directory;

    @BeforeEach
    void locate() throws IOException {
        directory = Files.createDirectory(project.resolve(".trails"));
    }

    private Map<String, SessionRecord> read(String text) throws IOException {
        Files.writeString(directory.resolve("state.json"), text);
        try (var store = StateStore.open(directory, Clock.systemUTC())) {
            return store.read();
        }
    }

    @Test
    void a_worktree_session_stands_on_its_worktree() throws IOException {
        SessionRecord fix = read(BY_NAME).get("fix");
        assertThat(fix.state()).isEqualTo(SessionState.READY);
        assertThat(fix.id()).isEqualTo("fix");
        assertThat(fix.mode()).isEqualTo("worktree");
        assertThat(fix.createdAt()).isEqualTo(Instant.parse("2025-01-02T03:04:05.5Z"));
        assertThat(fix.agent().orElseThrow().name()).isEqualTo("claude");
        assertThat(fix.isolation()).containsExactly(Isolation.FILES);
        StoredPart workspace = fix.parts().get(Axis.WORKSPACE);
        assertThat(workspace.provider()).isEqualTo("worktree");
        assertThat(workspace.plan().values()).isEqualTo(Map.of("path", "/work/fix", "branch", "trails/fix"));
        assertThat(fix.parts().get(Axis.SANDBOX)).isEqualTo(new StoredPart("host", Plan.empty(), false));
        assertThat(fix.parts().get(Axis.TERMINAL)).isEqualTo(new StoredPart("headless", Plan.empty(), false));
    }

    @Test
    void what_is_not_mapped_is_kept() throws IOException {
        JsonObject extra = read(BY_NAME).get("fix").extra();
        assertThat(extra.text("status")).contains("running");
        assertThat(extra.text("tmux_session")).contains("trails-fix");
        assertThat(extra.text("v0.state")).contains("odd");
        assertThat(extra.members()).containsKey("v0.problem").doesNotContainKeys("name", "agent", "branch");
    }

    @Test
    void a_session_without_mode_and_worktree_worked_in_the_project() throws IOException {
        SessionRecord old = read(BY_NAME).get("old");
        assertThat(old.mode()).isEqualTo("direct");
        assertThat(old.isolation()).isEmpty();
        assertThat(old.createdAt()).isEqualTo(Instant.parse("2025-01-02T03:04:05.25Z"));
        assertThat(old.parts())
                .isEqualTo(Map.of(
                        Axis.WORKSPACE, new StoredPart("in-place", Plan.empty(), false),
                        Axis.SANDBOX, new StoredPart("host", Plan.empty(), false),
                        Axis.TERMINAL, new StoredPart("headless", Plan.empty(), false)));
    }

    @Test
    void a_session_with_a_worktree_but_no_mode_is_one_in_a_worktree() throws IOException {
        SessionRecord tree = read(BY_NAME).get("Tree");
        assertThat(tree.mode()).isEqualTo("worktree");
        assertThat(tree.id()).isEqualTo(SessionId.of("Tree"));
        assertThat(tree.parts().get(Axis.WORKSPACE).plan().get("path"))
                .isEqualTo(project.resolve("trees/x").toString());
        assertThat(tree.createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(tree.extra().text("created_at")).contains("last tuesday");
    }

    @Test
    void of_a_session_in_a_container_only_the_work_is_known() throws IOException {
        SessionRecord boxed = read(BY_NAME).get("boxed");
        assertThat(boxed.mode()).isEqualTo("container");
        assertThat(boxed.parts()).containsOnlyKeys(Axis.WORKSPACE);
    }

    @Test
    void what_is_no_session_is_shown_as_lost_and_disturbs_nobody() throws IOException {
        Map<String, SessionRecord> sessions = read(BY_NAME);
        assertThat(sessions.get("odd").state()).isEqualTo(SessionState.LOST);
        assertThat(sessions.get("bad\0name").state()).isEqualTo(SessionState.LOST);
        assertThat(sessions).hasSize(6);
    }

    @Test
    void a_list_of_sessions_is_understood_with_missing_and_double_names() throws IOException {
        Map<String, SessionRecord> sessions =
                read("{\"sessions\": [{\"name\": \"a\"}, {\"name\": \"a\", \"agent\": \"x\"}, {}, 42]}");
        assertThat(sessions.get("a").state()).isEqualTo(SessionState.READY);
        assertThat(sessions).hasSize(4);
        assertThat(sessions.values())
                .extracting(SessionRecord::state)
                .containsExactly(SessionState.READY, SessionState.LOST, SessionState.LOST, SessionState.LOST);
    }

    @Test
    void the_first_write_keeps_the_old_file_beside_the_new_one() throws IOException {
        read(BY_NAME);
        assertThat(directory.resolve("state.json")).hasContent(BY_NAME);
        try (var store = StateStore.open(directory, Clock.systemUTC())) {
            store.update(draft -> {
                draft.remove("old");
                return true;
            });
        }
        assertThat(directory.resolve("state.v0.json")).hasContent(BY_NAME);
        try (var store = StateStore.open(directory, Clock.systemUTC())) {
            assertThat(store.read().keySet()).containsExactly("fix", "Tree", "boxed", "odd", "bad\0name");
            assertThat(store.read().get("fix").extra().text("status")).contains("running");
        }
        assertThat(Files.readString(directory.resolve("state.json")))
                .contains("\"last_used\":\"fix\"", "\"version\":1");
    }

    @Test
    void a_file_without_anything_has_no_sessions() throws IOException {
        assertThat(read("{}")).isEmpty();
    }
}
