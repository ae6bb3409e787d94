package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Resolution;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session goes on after its work went into a branch as other commits. */
class LandingsTest {
    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void conflict() throws IOException {
        fixture = MergeFixture.in(directory);
        fixture.main().write("a", "base\n").write("b", "base\n");
        fixture.open();
        fixture.session().write("a", "theirs\n").commit("first");
        fixture.main().write("a", "ours\n").commit("ours");
    }

    private static MergeRequest by(MergeStrategy strategy) {
        return MergeRequest.builder().strategy(strategy).build();
    }

    private void decided(MergeStrategy strategy) {
        MergeRequest request = MergeRequest.builder()
                .strategy(strategy)
                .resolve("a", Resolution.text("both\n"))
                .build();
        assertThat(fixture.merger().merge(request)).isInstanceOf(MergeResult.Merged.class);
    }

    private String refs() {
        return fixture.main().git("for-each-ref", "--format=%(refname)", "refs/trails");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUASH", "REBASE"})
    void what_was_decided_is_not_asked_again(MergeStrategy strategy) throws IOException {
        decided(strategy);
        fixture.main().write("a", "and on\n").commit("more of ours");

        for (MergeStrategy next : MergeStrategy.values()) {
            assertThat(fixture.merger().preview(by(next)).outcome()).isEqualTo(Outcome.UP_TO_DATE);
            assertThat(fixture.merger().merge(by(next))).isInstanceOf(MergeResult.UpToDate.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUASH", "REBASE", "MERGE"})
    void what_comes_later_goes_in_alone(MergeStrategy next) throws IOException {
        decided(MergeStrategy.SQUASH);
        fixture.main().write("a", "and on\n").commit("more of ours");
        fixture.session().write("b", "later\n").commit("second");
        fixture.session().write("c", "new\n");

        MergePreview preview = fixture.merger().preview(by(next));

        assertThat(preview.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(preview.changes().files()).extracting(Change::path).containsExactly("b", "c");
        assertThat(fixture.merger().merge(by(next))).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().read("a")).isEqualTo("and on\n");
        assertThat(fixture.main().read("b")).isEqualTo("later\n");
        assertThat(fixture.main().read("c")).isEqualTo("new\n");
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.merger().merge(by(next))).isInstanceOf(MergeResult.UpToDate.class);
    }

    @Test
    void a_squash_lists_only_the_commits_that_are_new() throws IOException {
        decided(MergeStrategy.SQUASH);
        fixture.session().write("b", "later\n").commit("second");

        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.main().git("log", "-1", "--format=%B"))
                .contains("* second")
                .doesNotContain("* first");
    }

    @Test
    void a_later_change_of_the_same_lines_is_a_conflict_with_what_was_decided() throws IOException {
        decided(MergeStrategy.SQUASH);
        fixture.session().write("a", "theirs, later\n").commit("second");

        MergePreview preview = fixture.merger().preview(by(MergeStrategy.SQUASH));

        assertThat(preview.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.hunks().get(0).base()).containsExactly("theirs");
            assertThat(conflict.hunks().get(0).ours()).containsExactly("both");
            assertThat(conflict.hunks().get(0).theirs()).containsExactly("theirs, later");
        });
        assertThat(preview.start()).contains(fixture.session().git("rev-parse", "HEAD^"));
    }

    @Test
    void a_target_that_was_reset_to_before_gets_everything_again() throws IOException {
        decided(MergeStrategy.SQUASH);
        fixture.main().git("reset", "-q", "--hard", "HEAD^");

        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.Conflicted.class);
        decided(MergeStrategy.SQUASH);
        fixture.session().write("b", "later\n").commit("second");
        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.Merged.class);
        fixture.main().git("reset", "-q", "--hard", "HEAD^");
        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().read("a")).isEqualTo("both\n");
        assertThat(fixture.main().read("b")).isEqualTo("later\n");
    }

    @Test
    void other_targets_do_not_have_it() throws IOException {
        fixture.main().git("branch", "release");
        decided(MergeStrategy.SQUASH);
        MergeRequest release = MergeRequest.builder()
                .target("release")
                .strategy(MergeStrategy.SQUASH)
                .resolve("a", Resolution.text("released\n"))
                .build();

        assertThat(fixture.merger().merge(release)).isInstanceOf(MergeResult.Merged.class);

        fixture.session().write("b", "later\n").commit("second");
        for (String target : new String[] {"main", "release"}) {
            MergeRequest next = MergeRequest.builder()
                    .target(target)
                    .strategy(MergeStrategy.SQUASH)
                    .build();
            assertThat(fixture.merger().merge(next)).isInstanceOf(MergeResult.Merged.class);
        }
        assertThat(fixture.main().git("show", "main:a")).isEqualTo("both");
        assertThat(fixture.main().git("show", "release:a")).isEqualTo("released");
        assertThat(fixture.main().git("show", "release:b")).isEqualTo("later");
    }

    @Test
    void a_session_that_takes_the_target_in_is_merged_from_there() throws IOException {
        decided(MergeStrategy.SQUASH);
        fixture.session().git("merge", "-q", "-s", "ours", "-m", "take in", "main");
        fixture.session().git("checkout", "-q", "main", "--", "a");
        fixture.session().write("b", "later\n").commit("second");
        fixture.main().write("c", "ours\n").commit("more of ours");

        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.main().read("a")).isEqualTo("both\n");
        assertThat(fixture.main().read("b")).isEqualTo("later\n");
        assertThat(fixture.main().read("c")).isEqualTo("ours\n");
    }

    @Test
    void a_squash_by_hand_is_remembered_once_it_is_seen() throws IOException {
        fixture.main().write("a", "theirs\n").commit("by hand");
        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.UpToDate.class);
        String known = refs();
        assertThat(known).contains("/merged/000001", "/merged-as/000001");
        assertThat(fixture.merger().merge(by(MergeStrategy.MERGE))).isInstanceOf(MergeResult.UpToDate.class);
        assertThat(refs()).isEqualTo(known);

        fixture.main().write("a", "ours again\n").commit("ours again");
        fixture.session().write("b", "later\n").commit("second");

        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().read("a")).isEqualTo("ours again\n");
    }

    @Test
    void a_preview_remembers_nothing() throws IOException {
        fixture.main().write("a", "theirs\n").commit("by hand");
        var before = fixture.stateWithObjects();

        assertThat(fixture.merger().preview(by(MergeStrategy.SQUASH)).outcome()).isEqualTo(Outcome.UP_TO_DATE);

        assertThat(fixture.stateWithObjects()).isEqualTo(before);
    }

    @Test
    void a_merge_and_a_move_that_did_not_happen_leave_nothing_to_remember() throws IOException {
        fixture.main().git("branch", "free", "main~1");
        fixture.hook("reference-transaction", "grep -q refs/heads/free && exit 1; exit 0");
        MergeRequest refused = MergeRequest.builder()
                .target("free")
                .strategy(MergeStrategy.SQUASH)
                .build();

        fixture.session().write("b", "b\n").commit("more");
        assertThat(fixture.merger().merge(refused)).isInstanceOf(MergeResult.Blocked.class);
        decided(MergeStrategy.MERGE);

        assertThat(refs()).isEmpty();
    }

    @Test
    void what_happens_right_after_the_move_cannot_make_it_forget() throws IOException {
        MergeRequest request = MergeRequest.builder()
                .strategy(MergeStrategy.SQUASH)
                .resolve("a", Resolution.text("both\n"))
                .build();
        Path real = TestRepository.program(fixture.main().environment()).executable();
        Path folder = Files.createDirectories(directory.resolve("bin"));
        Path script = Files.writeString(
                folder.resolve("git"),
                "#!/bin/sh\nfor word; do if [ \"$word\" = --ff-only ]; then '" + real
                        + "' \"$@\"; touch '" + folder.resolve("moved") + "'; exit 0; fi; done\n[ -e '"
                        + folder.resolve("moved") + "' ] && exit 3\nexec '" + real + "' \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        var environment = new HashMap<>(fixture.main().environment());
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        var merger = new Merger(fixture.tree(GitProgram.find(environment).orElseThrow()));

        MergeResult unknown = merger.merge(request);

        assertThat(unknown).isNotInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().read("a")).isEqualTo("both\n");
        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.UpToDate.class);
    }

    @Test
    void refs_that_somebody_else_wrote_there_are_passed_over() throws IOException {
        String head = fixture.session().git("rev-parse", "HEAD");
        fixture.main().git("update-ref", "refs/trails/sessions/fix-x/merged/abc", head);
        fixture.main().git("update-ref", "refs/trails/sessions/fix-x/merged/000007", head);

        decided(MergeStrategy.SQUASH);

        assertThat(fixture.merger().merge(by(MergeStrategy.SQUASH))).isInstanceOf(MergeResult.UpToDate.class);
    }
}
