package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Limits;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import io.trails.TrailsBuilder;
import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that several threads or instances use, open, find, remove and close at the same time. */
class SharedSessionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int ROUNDS = 30;

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    @Test
    void who_finds_a_session_that_is_being_opened_can_keep_it() {
        try (Trails trails = trails().build()) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "n-" + round;
                CompletableFuture<Boolean> finding = CompletableFuture.supplyAsync(() -> runsWhereFound(trails, name));

                Session opened = trails.open(spec(name));

                assertThat(finding.join()).as("round %d", round).isTrue();
                assertThat(opened.exec("true").ok()).isTrue();
            }
        }
    }

    private static boolean runsWhereFound(Trails trails, String name) {
        Optional<Session> found = Optional.empty();
        while (found.isEmpty()) found = trails.find(name);
        for (int i = 0; i < 5; i++) if (!found.get().exec("true").ok()) return false;
        return true;
    }

    @Test
    void nothing_of_former_lives_that_others_ended_is_left_when_an_instance_closes() {
        Limits watched = Limits.builder().wallClock(Duration.ofHours(1)).build();
        try (Trails one = trails().build();
                Trails other = trails().build()) {
            for (int life = 0; life < 5; life++) {
                other.open(
                        SessionSpec.named("z").mode(Mode.DIRECT).limits(watched).build());
                one.find("z").orElseThrow().exec("true").orThrow();
                other.find("z").orElseThrow().remove(RemovalPolicy.safe());
            }
            assertThat(one.find("z")).isEmpty();
            await().atMost(SOON).untilAsserted(() -> assertThat(watches("z")).isEmpty());
        }
    }

    private static List<String> watches(String session) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("trails-limits-" + session + "."))
                .toList();
    }

    @Test
    void a_session_that_is_opened_while_the_instance_closes_is_whole_or_not_there() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "c-" + round;
            Trails trails = trails().build();
            CompletableFuture<Boolean> opening = CompletableFuture.supplyAsync(() -> opens(trails, name));
            while (!opening.isDone() && !isBeingCreated(name)) Thread.onSpinWait();
            trails.close();
            boolean opened = opening.get();

            try (Trails next = trails().build()) {
                Map<String, SessionState> states = states(next);
                if (opened) assertThat(states).containsEntry(name, SessionState.READY);
                else assertThat(states).doesNotContainKey(name);
            }
        }
    }

    private boolean isBeingCreated(String name) {
        String[] directories = project.resolve(".trails/sessions").toFile().list();
        return directories != null
                && Arrays.stream(directories).anyMatch(directory -> directory.startsWith(name + "."));
    }

    private static boolean opens(Trails trails, String name) {
        try {
            trails.open(spec(name));
            return true;
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    private static Map<String, SessionState> states(Trails trails) {
        return trails.sessions().stream().collect(Collectors.toMap(SessionInfo::name, SessionInfo::state));
    }

    @Test
    void a_removal_that_fails_remembers_what_it_has_removed() {
        var refusing = new AtomicBoolean(true);
        FolderWorkspace workspace = new FolderWorkspace("test.refusing") {
            @Override
            public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
                if (refusing.get()) throw new IllegalStateException("Not now");
                return super.remove(plan, request, policy);
            }
        };
        Mode mode = Mode.named("refusing")
                .workspaces("test.refusing")
                .terminals("headless")
                .build();
        try (Trails trails = trails().provider(workspace).build()) {
            Session session = trails.open(SessionSpec.named("work").mode(mode).build());
            session.terminal().run("true", SOON).orThrow();

            assertThatThrownBy(() -> session.remove(RemovalPolicy.safe().endingProcesses()))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.terminal().run("true", SOON).ok()).isTrue();
            refusing.set(false);
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
        }
    }

    private TrailsBuilder trails() {
        return Trails.builder(project).environment(System.getenv());
    }

    private static SessionSpec spec(String name) {
        return SessionSpec.named(name).mode(Mode.DIRECT).build();
    }
}
