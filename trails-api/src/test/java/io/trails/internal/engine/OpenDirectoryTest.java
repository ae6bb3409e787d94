package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state directory that git made, because settings are committed: others may enter it, and it may have a .gitignore. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class OpenDirectoryTest {
    private static final Set<String> THE_USERS = Set.of("settings.json", ".gitignore", "README.md");

    @TempDir
    Path project;

    private Path state;

    @BeforeEach
    void a_state_directory_that_others_may_enter() throws IOException {
        state = Files.createDirectory(project.resolve(".trails"));
        permit(state, "rwxr-xr-x");
        Files.writeString(state.resolve("settings.json"), "{}");
        permit(state.resolve("settings.json"), "rw-r--r--");
    }

    @Test
    void what_trails_puts_there_is_for_the_user_alone() throws IOException {
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(SessionSpec.named("work")
                    .mode(Mode.DIRECT)
                    .agent(AgentProfile.named("fake", "sh", "-c", "echo ready; while read l; do echo got $l; done")
                            .prompt("^(ready|got )")
                            .quiet(Duration.ofMillis(50))
                            .build())
                    .build());
            session.agent().submit("hello");
            assertThat(state.resolve("agent-comm.log")).exists();
            assertThat(openToOthers()).isEmpty();
            session.remove(RemovalPolicy.safe().endingProcesses());
        }
        assertThat(permissions(state)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(state.resolve("settings.json"))).isEqualTo("rw-r--r--");
    }

    @Test
    void what_an_older_trails_left_open_there_is_closed() throws IOException {
        Files.createDirectory(state.resolve("sessions"));
        permit(state.resolve("sessions"), "rwxr-xr-x");
        for (String file : List.of("state.json", "audit.jsonl", "audit-000001.jsonl", "state.lock", "README.md")) {
            Files.writeString(state.resolve(file), file.equals("state.json") ? "{\"version\":1,\"sessions\":{}}" : "");
            permit(state.resolve(file), "rw-r--r--");
        }
        try (Trails trails = Trails.create(project)) {
            assertThat(trails.sessions()).isEmpty();
            assertThat(openToOthers()).isEmpty();
        }
        assertThat(permissions(state.resolve("sessions"))).isEqualTo("rwx------");
        assertThat(permissions(state.resolve("README.md"))).isEqualTo("rw-r--r--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.log\n", "*\n!*.json\n", "state.json\naudit*.jsonl\n"})
    void a_gitignore_of_the_users_that_shows_state_to_git_is_kept_and_reported(String rules) throws IOException {
        Files.writeString(state.resolve(".gitignore"), rules);

        assertThat(warnings()).containsExactly("state.not-ignored");
        assertThat(state.resolve(".gitignore")).content().isEqualTo(rules);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# all\n/*\n!settings.json\n!.gitignore\n",
                "**\n",
                "state.*\naudit*\nagent-comm.*\ninstances/\nrecordings/\nsessions/**\n"
            })
    void a_gitignore_of_the_users_that_hides_the_state_is_all_right(String rules) throws IOException {
        Files.writeString(state.resolve(".gitignore"), rules);

        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".trails\n", "/.trails/*\n!.trails/settings.json\n"})
    void so_is_one_of_the_project_that_does(String rules) throws IOException {
        Files.writeString(state.resolve(".gitignore"), "other\n");
        Files.writeString(project.resolve(".gitignore"), rules);

        assertThat(warnings()).isEmpty();
    }

    @Test
    void the_one_that_trails_writes_is_all_right() {
        assertThat(warnings()).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        List<TrailsEvent> events = new CopyOnWriteArrayList<>();
        try (Trails trails = Trails.create(project)) {
            trails.onEvent(events::add);
            trails.open(SessionSpec.named("work").mode(Mode.DIRECT).build()).remove(RemovalPolicy.safe());
            Awaitility.await()
                    .until(() -> events.stream().anyMatch(event -> event.type() == TrailsEvent.Type.SESSION_REMOVED));
        }
        return events.stream()
                .filter(event -> event.type() == TrailsEvent.Type.STATE_WARNING)
                .map(TrailsEvent::reason)
                .map(Reason::code)
                .toList();
    }

    private List<String> openToOthers() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> entries = Files.list(state)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!THE_USERS.contains(name) && !permissions(entry).endsWith("------")) open.add(name);
            }
        }
        return open;
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
