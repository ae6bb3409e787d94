package io.trails.worktree.internal.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.Rescue;
import io.trails.worktree.Rescues;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceSessionsTest {
    @TempDir
    Path scratch;

    @Test
    void what_is_rescued_is_as_old_as_its_rescue_and_not_as_its_checkpoint() throws IOException {
        TestRepository project = TestRepository.init(scratch.toRealPath().resolve("project"));
        project.write("a", "1\n").commit("start");
        PlaceSessions longAgo = sessions(project, Clock.offset(Clock.systemUTC(), Duration.ofDays(-90)));
        Plan plan = longAgo.plan();
        String checkpoint = longAgo.create(plan).checkpoint("old").id();

        sessions(project, Clock.systemUTC()).remove(plan);
        Rescues rescues = Rescues.of(project.directory(), project.environment());
        assertThat(rescues.collect(Duration.ofDays(30))).isEmpty();
        List<Rescue> kept = rescues.list();
        assertThat(kept).extracting(Rescue::sessionId).containsExactly("login");
        assertThat(kept.get(0).message()).contains("old");
        assertThat(rescues.recoverBranch(kept.get(0), "back")).isEqualTo(checkpoint);
    }

    @Test
    void a_start_with_nothing_but_what_is_committed_leaves_nothing() throws IOException {
        TestRepository project = TestRepository.init(scratch.toRealPath().resolve("project"));
        project.write("a", "1\n").commit("start");
        PlaceSessions sessions = sessions(project, Clock.systemUTC());
        Plan plan = sessions.plan();
        sessions.create(plan);
        sessions.remove(plan);
        assertThat(project.git("for-each-ref", "refs/trails")).isEmpty();
    }

    private PlaceSessions sessions(TestRepository project, Clock clock) throws IOException {
        Path state = Files.createDirectories(scratch.resolve("state"));
        return new PlaceSessions(WorkspaceRequest.builder("login", project.directory(), state)
                .environment(project.environment())
                .clock(clock)
                .build());
    }
}
