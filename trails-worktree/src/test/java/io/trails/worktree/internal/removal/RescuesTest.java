package io.trails.worktree.internal.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import io.trails.worktree.Rescue;
import io.trails.worktree.Rescues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescuesTest {
    @TempDir
    Path temp;

    private SessionFixture session;
    private String tip;
    private Rescue rescue;

    @BeforeEach
    void rescue() throws IOException {
        session = SessionFixture.create(temp);
        tip = session.tree.write("c.txt", "committed\n").commit("Work");
        session.tree.write("a.txt", "edited\n").write("new.txt", "untracked\n");
        assertThat(session.rescue().kept()).isEmpty();
        rescue = session.rescues().list().get(0);
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(TrailsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_rescue_tells_of_what_and_when() {
        assertThat(session.rescues().list()).hasSize(1);
        assertThat(rescue.sessionId()).isEqualTo("work");
        assertThat(rescue.branch()).contains("trails/work");
        assertThat(rescue.changedFiles()).isEqualTo(2);
        assertThat(rescue.rescuedAt()).isBetween(Instant.now().minusSeconds(600), Instant.now());
        assertThat(rescue.message()).contains("work");
        assertThat(rescue.refs()).allMatch(ref -> ref.startsWith("refs/trails/trash/work-k3y/1/"));
    }

    @Test
    void files_are_recovered_into_a_new_directory_alone() throws IOException {
        Path used = Files.createDirectories(temp.resolve("used"));
        Files.writeString(used.resolve("mine"), "m");
        assertCode("worktree.rescue-directory", () -> session.rescues().recover(rescue, used));
        assertThat(used.resolve("a.txt")).doesNotExist();
        String status = session.project.git("status", "--porcelain=v2", "--branch");
        session.rescues().recover(rescue, temp.resolve("back"));
        assertThat(temp.resolve("back/a.txt")).hasContent("edited\n");
        assertThat(session.project.git("status", "--porcelain=v2", "--branch")).isEqualTo(status);
    }

    @Test
    void a_branch_is_made_of_commits_and_what_was_not_committed() {
        String commit = session.rescues().recoverBranch(rescue, "back");
        assertThat(session.project.git("rev-parse", "back", "back^")).isEqualTo(commit + "\n" + tip);
        assertThat(session.project.git("show", "back:new.txt")).isEqualTo("untracked");
        assertCode("worktree.rescue-branch-taken", () -> session.rescues().recoverBranch(rescue, "back"));
        assertCode("worktree.rescue-branch-taken", () -> session.rescues().recoverBranch(rescue, "back/below"));
        assertCode("worktree.rescue-branch-taken", () -> session.rescues().recoverBranch(rescue, "-f"));
        assertCode("worktree.rescue-branch-taken", () -> session.rescues().recoverBranch(rescue, "a..b"));
    }

    @Test
    void a_session_with_commits_alone_gives_a_branch_without_another() throws IOException {
        SessionFixture next = SessionFixture.create(session.project, project -> {});
        String only = next.tree.write("d.txt", "d\n").commit("Only");
        assertThat(next.rescue().kept()).isEmpty();
        Rescue latest = next.rescues().list().stream()
                .filter(found -> found.id().equals("work-k3y/2"))
                .findFirst()
                .orElseThrow();
        assertThat(next.rescues().recoverBranch(latest, "only")).isEqualTo(only);
    }

    @Test
    void expired_rescues_are_collected_and_others_stay() {
        var rescues = session.rescues();
        assertThat(rescues.collect(Duration.ofDays(1))).isEmpty();
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC);
        var then = Rescues.of(session.project.directory(), session.project.environment(), later);
        assertThat(then.collect(Duration.ofDays(30))).containsExactly(rescue);
        assertThat(rescues.list()).isEmpty();
        assertThat(session.project.git("for-each-ref", "refs/trails")).isEmpty();
        assertCode("worktree.rescue-missing", () -> rescues.recover(rescue, temp.resolve("gone")));
        assertThat(temp.resolve("gone")).doesNotExist();
        assertCode("worktree.rescue-missing", () -> rescues.recoverBranch(rescue, "gone"));
    }

    @Test
    void what_others_put_there_is_listed_too() {
        session.project.git("update-ref", "refs/trails/trash/other-xyz/source", "HEAD");
        assertThat(session.rescues().list())
                .extracting(Rescue::id, Rescue::sessionId)
                .contains(org.assertj.core.api.Assertions.tuple("other-xyz/source", "other"));
    }
}
