package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks, signatures and identities of the user's. */
class MergeHooksTest {
    private static final MergeRequest MERGE = MergeRequest.builder().build();
    /** Long enough for a hook to begin; a busy machine gets more, since what never began proves nothing. */
    private static final Duration LIMIT = Duration.ofSeconds(4);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private MergeFixture fixture;
    private Path log;

    @BeforeEach
    void repository() throws IOException {
        open(directory);
        log = directory.resolve("log");
    }

    private void open(Path in) throws IOException {
        fixture = MergeFixture.in(in);
        fixture.main().write("a", "1\n").write("b", "1\n");
        fixture.open();
        fixture.session().write("a", "theirs\n");
    }

    private boolean hasBegun() throws IOException {
        return Files.exists(log) && Files.readString(log).endsWith("\n");
    }

    private void blocked(Merger merger, MergeRequest request, String code) {
        String before = fixture.main().git("rev-parse", "main");
        assertThat(merger.merge(request))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo(code));
        assertThat(fixture.main().git("rev-parse", "main")).isEqualTo(before);
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_commit_that_a_hook_refuses_leaves_everything_as_it_was_also_what_was_staged() throws IOException {
        fixture.session().git("add", "a");
        fixture.session().write("a", "more\n").write("untracked", "u\n");
        fixture.hook("pre-commit", "echo not like this >&2; exit 1");
        var before = fixture.state();

        assertThatThrownBy(() -> fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failed -> assertThat(failed.code()).isEqualTo("worktree.commit-failed"))
                .hasMessageContaining("not like this");
        assertThat(fixture.state()).isEqualTo(before);
        assertThat(fixture.merger().merge(MERGE.toBuilder().withoutHooks().build()))
                .isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void a_hook_that_hangs_is_ended_with_what_it_started() throws IOException {
        fixture.hook("pre-commit", "sleep 61.7 & echo $! > '" + log + "'; wait");
        var before = fixture.state();

        for (Duration limit = LIMIT; !hasBegun() && limit.compareTo(LONGEST) < 0; limit = limit.multipliedBy(3)) {
            Merger merger = fixture.merger(limit);
            assertThatThrownBy(() -> merger.merge(MERGE))
                    .isInstanceOf(TrailsException.class)
                    .hasMessageContaining("could not be committed");
        }
        long pid = Long.parseLong(Files.readString(log).strip());
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        Files.delete(log);
        assertThat(fixture.state()).isEqualTo(before);
    }

    @Test
    void a_hook_may_change_what_is_committed_and_that_is_what_is_merged() throws IOException {
        fixture.hook("pre-commit", "echo formatted > a; git add a");

        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.main().read("a")).isEqualTo("formatted\n");
        assertThat(fixture.session().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void the_hooks_of_a_merge_see_its_files_its_index_and_its_message() throws IOException {
        fixture.main().write("b", "ours\n").commit("ours");
        fixture.hook("pre-merge-commit", "cat a b >> '" + log + "'; git diff --cached --name-only >> '" + log + "'");
        fixture.hook("commit-msg", "head -1 \"$1\" >> '" + log + "'; echo 'Change-Id: 1' >> \"$1\"");
        fixture.hook("post-merge", "echo post $1 >> '" + log + "'");

        assertThat(fixture.merger().merge(MERGE.toBuilder().message("mine").build()))
                .isInstanceOf(MergeResult.Merged.class);

        assertThat(log).hasContent("Keep the work of session fix\ntheirs\nours\na\nmine\npost 0");
        assertThat(fixture.main().git("log", "-1", "--format=%B")).isEqualTo("mine\nChange-Id: 1");
    }

    @Test
    void where_an_empty_path_turns_hooks_off_no_file_of_the_project_is_one() throws IOException {
        fixture.hook("commit-msg", "touch '" + log + "'");
        Files.copy(
                fixture.main().path(".git/hooks/commit-msg"),
                fixture.main().path("commit-msg"),
                StandardCopyOption.COPY_ATTRIBUTES);
        fixture.main().git("config", "core.hooksPath", "");

        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(log).doesNotExist();
    }

    @Test
    void a_hook_may_name_files_by_patterns() throws IOException {
        fixture.session().write("src/A.java", "class A {}\n");
        String check = "test -z \"$(git ls-files '*.java')\" || { echo 'no java here' >&2; exit 1; }";
        fixture.hook("pre-commit", check);
        assertThatThrownBy(() -> fixture.merger().merge(MERGE)).hasMessageContaining("no java here");

        fixture.hook("pre-commit", "exit 0");
        fixture.hook("pre-merge-commit", check);
        blocked(fixture.merger(), MERGE, "worktree.hook-refused");
    }

    @Test
    void a_hook_can_refuse_the_merge() throws IOException {
        fixture.session().commit("work");
        fixture.hook("commit-msg", "exit 3");

        blocked(fixture.merger(), MERGE, "worktree.hook-refused");
        fixture.hook("commit-msg", "echo begun > '" + log + "'; sleep 61.8");
        for (Duration limit = LIMIT; !hasBegun() && limit.compareTo(LONGEST) < 0; limit = limit.multipliedBy(3)) {
            blocked(fixture.merger(limit), MERGE, "worktree.hook-refused");
        }
        assertThat(log).hasContent("begun");
        fixture.hook("commit-msg", "exit 0");
        fixture.hook("pre-commit", "exit 1");
        blocked(
                fixture.merger(),
                MERGE.toBuilder().strategy(MergeStrategy.SQUASH).build(),
                "worktree.hook-refused");
    }

    @Test
    void a_hook_that_hangs_when_all_is_done_does_not_undo_it() throws IOException {
        for (Duration limit = LIMIT; !hasBegun() && limit.compareTo(LONGEST) < 0; limit = limit.multipliedBy(3)) {
            open(Files.createDirectory(directory.resolve("limit-" + limit.toSeconds())));
            fixture.session().commit("work");
            fixture.hook("post-merge", "echo begun > '" + log + "'; sleep 61.9");

            MergeResult result = fixture.merger(limit).merge(MERGE);
            if (!hasBegun()) continue;
            assertThat(result).isInstanceOf(MergeResult.Merged.class);
            assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        }
        assertThat(log).hasContent("begun");
    }

    @Test
    void hooks_that_are_files_of_the_project_are_those_of_the_main_tree() throws IOException {
        fixture.main().git("config", "core.hooksPath", "hooks");
        fixture.session().write("hooks/pre-commit", "#!/bin/sh\necho agent >> '" + log + "'\n");
        assertThat(fixture.session().path("hooks/pre-commit").toFile().setExecutable(true))
                .isTrue();
        fixture.session().write("hooks/pre-merge-commit", "#!/bin/sh\necho agent >> '" + log + "'\n");
        assertThat(fixture.session().path("hooks/pre-merge-commit").toFile().setExecutable(true))
                .isTrue();

        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);

        assertThat(log).doesNotExist();
    }

    @Test
    void to_sign_without_a_key_fails_and_loses_nothing() throws IOException {
        fixture.main().git("config", "commit.gpgSign", "true");
        fixture.main().git("config", "gpg.program", "/nowhere/gpg");
        var before = fixture.state();

        assertThatThrownBy(() -> fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failed -> assertThat(failed.code()).isEqualTo("worktree.commit-failed"));
        assertThat(fixture.state()).isEqualTo(before);
        fixture.session().git("-c", "commit.gpgSign=false", "commit", "-qam", "work");
        blocked(fixture.merger(), MERGE, "worktree.commit-refused");
        assertThat(fixture.merger().merge(MERGE.toBuilder().signed(false).build()))
                .isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void commits_are_signed_as_git_is_configured_to() throws IOException {
        Path signer = directory.resolve("signer");
        Files.writeString(signer, "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho signature\n");
        assertThat(signer.toFile().setExecutable(true)).isTrue();
        fixture.main().git("config", "commit.gpgSign", "true");
        fixture.main().git("config", "gpg.program", signer.toString());
        fixture.main().write("b", "ours\n").git("-c", "commit.gpgSign=false", "commit", "-qam", "ours");

        assertThat(fixture.merger()
                        .merge(MERGE.toBuilder().strategy(MergeStrategy.REBASE).build()))
                .isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.main().git("cat-file", "commit", "main")).contains("gpgsig signature");
    }

    @Test
    void without_an_identity_nothing_is_committed() throws IOException {
        var environment = new HashMap<>(fixture.main().environment());
        environment.keySet().removeIf(name -> name.startsWith("GIT_AUTHOR") || name.startsWith("GIT_COMMITTER"));
        fixture.main().git("config", "user.useConfigOnly", "true");
        var before = fixture.state();

        assertThatThrownBy(() -> new Merger(fixture.tree(environment)).merge(MERGE))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failed -> assertThat(failed.code()).isEqualTo("worktree.identity-missing"));
        assertThat(fixture.state()).isEqualTo(before);
        new Merger(fixture.tree(environment)).preview(MERGE);
    }

    @Test
    void a_repository_inside_the_tree_is_refused_by_name() throws IOException {
        fixture.session().git("init", "-q", "nested");
        fixture.session().write("nested/x", "x\n");
        fixture.session().git("-C", "nested", "add", "-A");
        fixture.session().git("-C", "nested", "commit", "-qm", "x");

        blocked(fixture.merger(), MERGE, "worktree.nested-repository");
    }
}
