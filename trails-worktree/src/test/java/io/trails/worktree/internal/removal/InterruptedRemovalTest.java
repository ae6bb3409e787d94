package io.trails.worktree.internal.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedRemovalTest {
    private static final RemovalPolicy RESCUING = RemovalPolicy.safe().rescuing();

    @TempDir
    Path temp;

    /** Nothing catches it, so that what follows a step does not happen, as after a kill. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Removal removal(SessionFixture session, RemovalPolicy policy, Step.Observer steps) {
        return new Removal(new Site(session.program, session.plan), session.request, policy, steps);
    }

    /** @return whether there was such a step */
    private static boolean killedAfter(SessionFixture session, int last, Set<Step> reached) {
        var seen = new ArrayList<Step>();
        Throwable killed = catchThrowable(() -> removal(session, RESCUING, step -> {
                    reached.add(step);
                    seen.add(step);
                    if (seen.size() == last) throw new Killed();
                })
                .run());
        if (killed != null) assertThat(killed).isInstanceOf(Killed.class);
        return killed != null;
    }

    private static String work(SessionFixture session) throws IOException {
        String tip = session.tree.write("c.txt", "committed\n").commit("Work");
        session.tree.write("a.txt", "edited\n").write("new.txt", "untracked\n").write(".env", "SECRET=1\n");
        return tip;
    }

    private void assertRecovered(SessionFixture session, String tip, Path back) throws IOException {
        session.project.git("gc", "-q", "--prune=now");
        assertThat(session.project.git("cat-file", "-t", tip)).isEqualTo("commit");
        assertThat(session.project.git("fsck", "--full", "--no-dangling", "--strict"))
                .isEmpty();
        session.rescues().recover(session.rescues().list().get(0), back);
        assertThat(back.resolve("a.txt")).hasContent("edited\n");
        assertThat(back.resolve("new.txt")).hasContent("untracked\n");
        assertThat(back.resolve("c.txt")).hasContent("committed\n");
        assertThat(back.resolve(".env")).hasContent("SECRET=1\n");
    }

    @Test
    void a_removal_that_was_killed_after_any_step_is_finished_by_the_next() throws IOException {
        Set<Step> reached = EnumSet.noneOf(Step.class);
        for (int last = 1; last < 30; last++) {
            Path place = Files.createDirectories(temp.resolve("again-" + last));
            SessionFixture session = SessionFixture.create(place);
            String tip = work(session);
            boolean killed = killedAfter(session, last, reached);
            assertThat(session.rescue().kept()).as("after %s", reached).isEmpty();
            assertThat(session.isGone()).as("after %s", reached).isTrue();
            assertRecovered(session, tip, place.resolve("back"));
            if (!killed) break;
        }
        assertThat(reached).containsExactlyInAnyOrder(Step.values());
    }

    @Test
    void a_repair_finishes_what_was_rescued_and_keeps_what_was_not() throws IOException {
        for (int last = 1; last < 30; last++) {
            Path place = Files.createDirectories(temp.resolve("repair-" + last));
            SessionFixture session = SessionFixture.create(place);
            String tip = work(session);
            boolean killed = killedAfter(session, last, EnumSet.noneOf(Step.class));
            RemovalReport report = session.removeSafely();
            if (last == 1) {
                assertThat(report.kept()).isNotEmpty();
                assertThat(session.tree.read("new.txt")).isEqualTo("untracked\n");
            } else {
                assertThat(report.kept()).as("after step %d", last).isEmpty();
                assertThat(session.isGone()).isTrue();
                assertRecovered(session, tip, place.resolve("back"));
            }
            if (!killed) break;
        }
    }

    @Test
    void what_is_written_after_the_rescue_and_before_the_end_is_not_lost() throws IOException {
        SessionFixture session = SessionFixture.create(temp);
        work(session);
        List<Step> once = new ArrayList<>();
        RemovalReport report = removal(session, RESCUING, step -> {
                    if (step != Step.SET_ASIDE || !once.isEmpty()) return;
                    once.add(step);
                    write(new Site(session.program, session.plan).aside().resolve("late.txt"));
                })
                .run();
        assertThat(report.kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        session.rescues().recover(session.rescues().list().get(0), temp.resolve("one"));
        session.rescues().recover(session.rescues().list().get(1), temp.resolve("two"));
        assertThat(List.of(temp.resolve("one/late.txt"), temp.resolve("two/late.txt")))
                .anyMatch(Files::exists);
    }

    @Test
    void a_file_that_is_changed_again_after_its_rescue_is_rescued_again() throws IOException {
        SessionFixture session = SessionFixture.create(temp);
        work(session);
        List<Step> once = new ArrayList<>();
        RemovalReport report = removal(session, RESCUING, step -> {
                    if (step != Step.RESCUED || !once.isEmpty()) return;
                    once.add(step);
                    write(session.plan.root().resolve("a.txt"), "EDITED\n");
                })
                .run();
        assertThat(report.kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        session.rescues().recover(session.rescues().list().get(0), temp.resolve("one"));
        session.rescues().recover(session.rescues().list().get(1), temp.resolve("two"));
        assertThat(List.of(Files.readString(temp.resolve("one/a.txt")), Files.readString(temp.resolve("two/a.txt"))))
                .containsExactlyInAnyOrder("edited\n", "EDITED\n");
    }

    @Test
    void work_that_comes_while_nothing_may_be_rescued_puts_the_tree_back() throws IOException {
        SessionFixture session = SessionFixture.create(temp);
        RemovalReport report = removal(session, RemovalPolicy.safe(), step -> {
                    if (step == Step.SET_ASIDE) {
                        write(new Site(session.program, session.plan).aside().resolve("late.txt"));
                    }
                })
                .run();
        assertThat(SessionFixture.codes(report.kept())).containsExactly("worktree.untracked");
        assertThat(session.tree.read("late.txt")).isEqualTo("late");
        assertThat(session.tree.git("status", "--porcelain")).isEqualTo("?? late.txt");
    }

    @Test
    void a_branch_that_moves_at_the_last_moment_is_kept_and_found_by_the_next() throws IOException {
        SessionFixture session = SessionFixture.create(temp);
        String moved = session.project.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Late");
        RemovalReport report = removal(session, RemovalPolicy.safe(), step -> {
                    if (step == Step.DEREGISTERED) session.project.git("update-ref", "refs/heads/trails/work", moved);
                })
                .run();
        assertThat(SessionFixture.codes(report.kept())).containsExactly("worktree.git-failed");
        assertThat(session.project.git("rev-parse", "trails/work")).isEqualTo(moved);
        session.project.git("merge", "-q", "trails/work");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void somebody_who_takes_the_place_in_between_keeps_it() throws IOException {
        SessionFixture session = SessionFixture.create(temp);
        RemovalReport report = removal(session, RemovalPolicy.safe(), step -> {
                    if (step == Step.SET_ASIDE) {
                        assertThat(session.plan.root().toFile().mkdir()).isTrue();
                        write(session.plan.root().resolve("theirs"));
                    }
                })
                .run();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.forgotten())).containsExactly("worktree.place-taken");
        assertThat(session.plan.root().resolve("theirs")).hasContent("late");
    }

    private static void write(Path file) {
        write(file, "late");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
