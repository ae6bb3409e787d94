package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionState;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts that open sessions in one repository at the same time, while somebody else adds and removes worktrees. */
class WorktreeHostsTest {
    @TempDir
    private Path folder;

    private GitProject project;
    private Map<String, String> before;

    @BeforeEach
    void create() throws IOException {
        project = GitProject.inUse(folder.resolve("project"));
        before = project.users();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ten_sessions_of_each_of_two_hosts_are_all_opened() throws IOException {
        allAreOpened(10);
    }

    @Test
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_hundred_sessions_of_each_of_two_hosts_are_all_opened() throws IOException {
        allAreOpened(100);
    }

    private void allAreOpened(int count) throws IOException {
        var over = new AtomicBoolean();
        var foreign = CompletableFuture.supplyAsync(() -> addAndRemove(over));
        try (HostProcess left = HostProcess.start(RemoteHost.class, project.directory());
                HostProcess right = HostProcess.start(RemoteHost.class, project.directory())) {
            assertThat(left.reply()).contains("ready");
            assertThat(right.reply()).contains("ready");
            var one = CompletableFuture.supplyAsync(() -> left.ask("open-worktrees left " + count));
            var other = CompletableFuture.supplyAsync(() -> right.ask("open-worktrees right " + count));
            assertThat(List.of(one.join().orElseThrow(), other.join().orElseThrow()))
                    .containsOnly(String.valueOf(count));
        } finally {
            over.set(true);
        }
        assertThat(foreign.join()).isPositive();
        project.checkIntegrity();
        assertThat(project.refs("refs/heads/trails/")).hasSize(2 * count);
        removeAll(2 * count);
        assertThat(project.refs("refs/heads/trails/")).isEmpty();
        assertThat(project.refs("refs/trails/sessions/")).isEmpty();
        assertThat(project.worktrees()).hasSize(1);
        assertThat(project.users()).isEqualTo(before);
    }

    /** What others do fails at times, as git does when it is asked by several at once; it is tried again. */
    private int addAndRemove(AtomicBoolean over) {
        int added = 0;
        for (int i = 0; !over.get() || added == 0; i++) {
            String name = "foreign-" + i;
            try {
                project.git(
                        "worktree",
                        "add",
                        "-q",
                        "--detach",
                        folder.resolve(name).toString());
                project.git(
                        "worktree", "remove", "--force", folder.resolve(name).toString());
                added++;
            } catch (AssertionError refused) {
                project.git("worktree", "prune");
            }
        }
        project.git("worktree", "prune");
        return added;
    }

    private void removeAll(int count) {
        try (Trails trails = project.trails()) {
            List<SessionInfo> sessions = trails.sessions();
            assertThat(sessions).hasSize(count).allMatch(info -> info.state() == SessionState.READY);
            List<CompletableFuture<Boolean>> removals = sessions.stream()
                    .map(info -> CompletableFuture.supplyAsync(() -> {
                        Session session = trails.find(info.name()).orElseThrow();
                        return session.changes().isEmpty()
                                && session.remove(RemovalPolicy.safe()).complete();
                    }))
                    .toList();
            assertThat(removals).allMatch(CompletableFuture::join);
            assertThat(trails.audit().verify().intact()).isTrue();
        }
    }
}
