package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RepairReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A session that is opened anew meets nothing of a former one of its name, whatever became of the state. */
@EnabledOnOs(OS.LINUX)
class FormerLifeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path project;

    private Path state;

    @BeforeEach
    void state() {
        state = project.resolve(".trails/state.json");
    }

    @Test
    void an_agent_of_a_state_that_was_set_aside_is_neither_adopted_nor_ended() throws IOException {
        try (Trails trails = Trails.create(project)) {
            assertThat(answer(trails.open(spec("old")), "one")).contains("one to old");
        }
        Files.writeString(project.resolve("between"), "written before the second opening");
        String former = Files.readString(state);
        Files.writeString(state, "{");
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(spec("new"));
            assertThat(answer(session, "two")).contains("two to new").doesNotContain("old");
            assertThat(session.changes().isEmpty()).isTrue();
            int own = session.usage().processes();

            assertThat(trails.repair().items())
                    .filteredOn(item -> item.action() == RepairReport.Action.KEPT)
                    .extracting(RepairReport.Item::reason)
                    .extracting(Reason::code)
                    .containsExactly("session.abandoned");
            session.remove(RemovalPolicy.safe().endingProcesses());
            assertThat(own).isPositive();
        }
        Files.writeString(state, former);
        try (Trails trails = Trails.create(project)) {
            Session session = trails.find("w").orElseThrow();
            assertThat(answer(session, "three")).contains("one to old", "three to old");

            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
            assertThat(trails.repair().items()).isEmpty();
        }
        assertThat(directories()).isEmpty();
    }

    @Test
    void a_session_of_a_trails_that_drew_no_lives_is_found_and_removed() throws IOException {
        try (Trails trails = Trails.create(project)) {
            trails.open(SessionSpec.named("w").mode(Mode.DIRECT).build());
        }
        Path own = directories().get(0);
        String name = own.getFileName().toString();
        String life = name.substring(name.indexOf('.') + 1);
        Files.move(own, own.resolveSibling("w"));
        String written = Files.readString(state)
                .replace(",\"life\":\"" + life + "\"", "")
                .replace(name, "w")
                .replaceAll("\"home\":\"([0-9]*)[^\"]*\"", "\"home\":\"$1\"");
        assertThat(written).doesNotContain(life);
        Files.writeString(state, written);
        Files.writeString(project.resolve("later"), "later");
        try (Trails trails = Trails.create(project)) {
            Session session = trails.find("w").orElseThrow();
            assertThat(session.changes().files()).hasSize(1);
            assertThat(session.exec("true").ok()).isTrue();
            assertThat(trails.repair().items()).isEmpty();

            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
        assertThat(directories()).isEmpty();
    }

    @Test
    void two_openings_of_a_name_share_no_directory() throws IOException {
        try (Trails trails = Trails.create(project)) {
            Session first = trails.open(SessionSpec.named("w").mode(Mode.DIRECT).build());
            Path former = directories().get(0);
            first.remove(RemovalPolicy.safe());
            Files.createDirectory(former);
            trails.open(SessionSpec.named("w").mode(Mode.DIRECT).build());

            assertThat(directories()).hasSize(2).contains(former);
        }
    }

    private List<Path> directories() throws IOException {
        try (Stream<Path> sessions = Files.list(project.resolve(".trails/sessions"))) {
            return sessions.toList();
        }
    }

    private static String answer(Session session, String text) {
        session.agent().submit(text);
        return session.agent()
                .terminal()
                .await(screen -> screen.contains("got " + text), PATIENCE)
                .text();
    }

    private static SessionSpec spec(String who) {
        return SessionSpec.named("w")
                .mode(Mode.DIRECT)
                .agent(AgentProfile.named(
                                "fake",
                                "sh",
                                "-c",
                                "echo ready; while read l; do echo got $l to " + who + " with $WHO; done")
                        .prompt("^(ready|got )")
                        .quiet(Duration.ofMillis(50))
                        .build())
                .environment(Map.of("WHO", who))
                .build();
    }
}
