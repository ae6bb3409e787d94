package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.LineCount;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeResult.Merged;
import io.trails.MergeStrategy;
import io.trails.worktree.internal.changes.TreeChanges;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeStrategiesTest {
    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void repository() throws IOException {
        fixture = MergeFixture.in(directory);
        fixture.main().write("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        fixture.open();
    }

    private static MergeRequest.Builder by(MergeStrategy strategy) {
        return MergeRequest.builder().strategy(strategy);
    }

    private Merged merged(MergeRequest.Builder request) {
        MergeResult result = fixture.merger().merge(request.build());
        assertThat(result).isInstanceOf(Merged.class);
        Merged merged = (Merged) result;
        assertThat(fixture.main().git("rev-parse", "main")).isEqualTo(merged.commit());
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        return merged;
    }

    private String parents(String commit) {
        return fixture.main().git("log", "-1", "--format=%P", commit);
    }

    @Test
    void merge_makes_a_commit_with_both_parents_where_a_fast_forward_would_do() throws IOException {
        fixture.session().write("b", "b\n").commit("work");
        String before = fixture.main().git("rev-parse", "main");

        Merged merged = merged(by(MergeStrategy.MERGE).message("my words"));

        assertThat(merged.previous()).isEqualTo(before);
        assertThat(parents(merged.commit()))
                .isEqualTo(before + " " + fixture.session().git("rev-parse", "HEAD"));
        assertThat(fixture.main().git("log", "-1", "--format=%B")).isEqualTo("my words");
        assertThat(fixture.main().read("b")).isEqualTo("b\n");
    }

    @Test
    void work_that_is_not_committed_is_committed_to_the_sessions_branch_and_merged() throws IOException {
        fixture.session().write("staged", "s\n").git("add", "staged");
        fixture.session().write("untracked", "u\n").write("a", "changed\n");

        Merged merged = merged(by(MergeStrategy.MERGE));

        assertThat(fixture.session().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.session().git("rev-parse", "trails/fix"))
                .isEqualTo(parents(merged.commit()).split(" ", -1)[1]);
        assertThat(fixture.main().read("untracked")).isEqualTo("u\n");
        assertThat(fixture.main().git("log", "-1", "--format=%s", "trails/fix")).contains("fix");
    }

    @Test
    void squash_makes_one_commit_and_the_next_merge_finds_nothing_to_do() throws IOException {
        fixture.session().write("b", "b\n").commit("first");
        fixture.session().write("c", "c\n").commit("second");

        Merged merged = merged(by(MergeStrategy.SQUASH));

        assertThat(parents(merged.commit())).isEqualTo(merged.previous());
        assertThat(fixture.main().git("log", "-1", "--format=%B")).contains("* first\n* second");
        for (MergeStrategy strategy : MergeStrategy.values()) {
            assertThat(fixture.merger().preview(by(strategy).build()).outcome()).isEqualTo(Outcome.UP_TO_DATE);
            assertThat(fixture.merger().merge(by(strategy).build()))
                    .isEqualTo(new MergeResult.UpToDate("main", merged.commit()));
        }
    }

    @Test
    void rebase_keeps_authors_dates_and_messages_and_leaves_the_session_where_it_is() throws IOException {
        fixture.session().write("b", "b\n").git("add", "-A");
        fixture.session()
                .git(
                        "-c",
                        "i18n.commitEncoding=ISO-8859-1",
                        "commit",
                        "-q",
                        "--author=Sömeone Else <some@example.org>",
                        "--date=2001-02-03T04:05:06+0200",
                        "-m",
                        "first\n\nbody");
        fixture.session().write("c", "c\n").commit("second");
        fixture.main().write("d", "d\n").commit("other");
        String session = fixture.session().git("rev-parse", "HEAD");

        Merged merged = merged(by(MergeStrategy.REBASE));

        assertThat(fixture.main().git("log", "--format=%s", "-3")).isEqualTo("second\nfirst\nother");
        String old = fixture.main().git("cat-file", "commit", session + "^");
        String rewritten = fixture.main().git("cat-file", "commit", merged.commit() + "^");
        assertThat(rewritten.lines().filter(line -> !line.matches("(tree|parent|committer) .*")))
                .containsExactlyElementsOf(old.lines()
                        .filter(line -> !line.matches("(tree|parent|committer) .*"))
                        .toList());
        assertThat(rewritten).contains("encoding ISO-8859-1", " +0200");
        assertThat(fixture.main().git("log", "-1", "--format=%cn", merged.commit() + "^"))
                .isEqualTo("Carl Committer");
        assertThat(fixture.session().git("rev-parse", "HEAD")).isEqualTo(session);
        assertThat(fixture.merger().merge(by(MergeStrategy.REBASE).build())).isInstanceOf(MergeResult.UpToDate.class);
    }

    @Test
    void rebase_takes_work_along_that_is_not_committed() throws IOException {
        fixture.session().write("b", "b\n").commit("first");
        fixture.session().write("c", "c\n");
        fixture.main().write("d", "d\n").commit("other");

        merged(by(MergeStrategy.REBASE).message("the rest"));

        assertThat(fixture.main().git("log", "--format=%s", "-3")).isEqualTo("the rest\nfirst\nother");
    }

    @Test
    void rebase_stops_at_the_commit_that_conflicts() throws IOException {
        fixture.session().write("b", "b\n").commit("first");
        fixture.session().write("a", "theirs\n").commit("second");
        fixture.main().write("a", "ours\n").commit("other");
        var before = fixture.state();

        assertThat(fixture.merger().merge(by(MergeStrategy.REBASE).build()))
                .isInstanceOfSatisfying(
                        MergeResult.Conflicted.class,
                        result -> assertThat(result.preview().conflicts())
                                .singleElement()
                                .satisfies(
                                        conflict -> assertThat(conflict.path()).isEqualTo("a")));
        assertThat(fixture.state()).isEqualTo(before);
    }

    @Test
    void rebase_refuses_to_leave_out_what_a_merge_commit_decided() throws IOException {
        fixture.main().write("b", "ours\n").commit("other");
        fixture.session().write("c", "c\n").commit("work");
        fixture.session().git("merge", "-q", "--no-commit", "main");
        fixture.session().write("b", "decided in the merge\n").commit("merge");
        fixture.main().write("d", "d\n").commit("more");

        assertThat(fixture.merger().merge(by(MergeStrategy.REBASE).build()))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo("worktree.rebase-merges"));
        merged(by(MergeStrategy.MERGE));
        assertThat(fixture.main().read("b")).isEqualTo("decided in the merge\n");
    }

    @Test
    void fast_forward_only_moves_to_the_sessions_commit_or_not_at_all() throws IOException {
        fixture.session().write("b", "b\n");

        Merged merged = merged(by(MergeStrategy.FAST_FORWARD_ONLY).message("work"));

        assertThat(fixture.session().git("rev-parse", "HEAD")).isEqualTo(merged.commit());
        fixture.main().write("d", "d\n").commit("other");
        fixture.session().write("c", "c\n");
        MergeRequest again = by(MergeStrategy.FAST_FORWARD_ONLY).build();
        assertThat(fixture.merger().preview(again).outcome()).isEqualTo(Outcome.BLOCKED);
        var before = fixture.state();
        assertThat(fixture.merger().merge(again))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo("worktree.not-fast-forward"));
        assertThat(fixture.state()).isEqualTo(before);
    }

    @Test
    void a_preview_tells_what_the_target_would_get() throws IOException {
        fixture.session().write("b", "b\n").commit("work");
        fixture.session().write("a", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n");
        fixture.session().git("mv", "b", "c");

        for (MergeStrategy strategy : MergeStrategy.values()) {
            MergePreview preview = fixture.merger().preview(by(strategy).build());

            assertThat(preview.outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(preview.changes().files())
                    .containsExactly(
                            new Change("a", Change.Kind.MODIFIED, Optional.empty(), Optional.of(new LineCount(1, 1))),
                            new Change("c", Change.Kind.ADDED, Optional.empty(), Optional.of(new LineCount(1, 0))));
            assertThat(preview.start()).contains(preview.targetCommit());
            assertThat(preview.sessionCommit()).isEqualTo(fixture.session().git("rev-parse", "HEAD"));
        }
    }

    @Test
    void a_preview_shows_what_the_target_gets_as_the_sessions_changes_are_shown() throws IOException {
        fixture.main().write("app/src/x", "1\n2\n3\n4\n").write("lib/y", "y\n").write("app/gone", "1\n");
        fixture.main().commit("more");
        fixture.session().git("merge", "-q", "--ff-only", "main");
        fixture.session().git("mv", "app/src/x", "lib/x");
        Files.delete(fixture.session().path("app/gone"));
        fixture.session().write("app/new", "n\n").write("lib/y", "yy\n");
        assertThat(fixture.session().path("a").toFile().setExecutable(true)).isTrue();
        fixture.main().write("other", "o\n").commit("ours");
        SessionTree tree = fixture.tree();
        SessionTree below = new SessionTree(
                tree.git(),
                tree.repository(),
                tree.root(),
                "app/",
                tree.sessionId(),
                tree.refs(),
                tree.base(),
                tree.branch(),
                tree.baseBranch(),
                tree.ignored(),
                tree.clock());
        fixture.main().git("update-ref", tree.refs().start(), fixture.session().git("rev-parse", "HEAD"));

        MergePreview preview = new Merger(below).preview(by(MergeStrategy.MERGE).build());

        assertThat(preview.changes().files())
                .isEqualTo(new TreeChanges(below).changes().files());
        assertThat(preview.changes().files())
                .extracting(Change::path)
                .containsExactly("../a", "../lib/x", "../lib/y", "gone", "new");
        assertThat(preview.changes().files().get(1).previousPath()).contains("src/x");
    }

    @Test
    void a_session_without_work_has_nothing_to_merge() {
        assertThat(fixture.merger().preview(by(MergeStrategy.MERGE).build()).outcome())
                .isEqualTo(Outcome.UP_TO_DATE);
        assertThat(fixture.merger().merge(by(MergeStrategy.MERGE).build())).isInstanceOf(MergeResult.UpToDate.class);
    }

    @Test
    void histories_that_cross_are_merged_as_git_merges_them() throws IOException {
        fixture.main().write("m", "1\n").commit("m1");
        fixture.session().write("s", "1\n").commit("s1");
        String m1 = fixture.main().git("rev-parse", "main");
        fixture.main().git("merge", "-q", "--no-ff", "-m", "x", "trails/fix");
        fixture.session().git("merge", "-q", "--no-ff", "-m", "y", m1);
        fixture.session().write("t", "1\n").commit("s2");
        fixture.main().write("m", "2\n").commit("m2");
        assertThat(fixture.main()
                        .git("merge-base", "--all", "main", "trails/fix")
                        .lines())
                .hasSize(2);
        String tree = fixture.main().git("merge-tree", "--write-tree", "main", "trails/fix");

        Merged merged = merged(by(MergeStrategy.MERGE));

        assertThat(fixture.main().git("rev-parse", merged.commit() + "^{tree}")).isEqualTo(tree);
    }

    @Test
    void histories_without_a_common_commit_are_merged_and_the_preview_says_so() throws IOException {
        fixture.session().git("checkout", "-q", "--orphan", "other");
        fixture.session().git("rm", "-rfq", ".");
        fixture.session().write("z", "z\n").commit("fresh");

        MergePreview preview = fixture.merger().preview(by(MergeStrategy.MERGE).build());

        assertThat(preview.start()).isEmpty();
        assertThat(preview.reasons())
                .anySatisfy(reason -> assertThat(reason.code()).isEqualTo("worktree.merge-unrelated"));
        merged(by(MergeStrategy.MERGE));
        assertThat(fixture.main().path("a")).exists();
        assertThat(fixture.main().path("z")).exists();
    }

    @Test
    void repositories_with_other_object_ids_work() throws IOException {
        Path other = Files.createDirectories(directory.resolve("sha256/repo"));
        Files.createDirectories(directory.resolve("sha256/home"));
        var repository = io.trails.worktree.fixture.TestRepository.at(
                other, fixture.main().environment());
        repository.git("init", "-q", "-b", "main", "--object-format=sha256");
        repository.write("a", "a\n").write("b", "b\n");
        fixture = MergeFixture.of(repository).open();
        fixture.session().write("a", "theirs\n");
        fixture.main().write("a", "ours\n").commit("ours");

        MergePreview preview = fixture.merger().preview(by(MergeStrategy.MERGE).build());

        assertThat(preview.conflicts()).hasSize(1);
        assertThat(preview.targetCommit()).hasSize(64);
        merged(by(MergeStrategy.MERGE).resolve("a", io.trails.Resolution.text("both\n")));
        assertThat(fixture.main().read("a")).isEqualTo("both\n");
    }
}
