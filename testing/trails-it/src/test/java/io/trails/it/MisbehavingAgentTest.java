package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Change;
import io.trails.DirtyPolicy;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An agent may do what it likes in its tree, and to git: what is said of its work stays true, and nothing is lost. */
@EnabledOnOs(OS.LINUX)
class MisbehavingAgentTest {
    private static final MergeRequest MERGE = MergeRequest.into("main");
    private static final RemovalPolicy RESCUE = RemovalPolicy.safe().rescuing().endingProcesses();

    @TempDir
    private Path folder;

    private GitProject project;
    private Trails trails;
    private Session session;
    private Path tree;
    private Map<String, String> before;

    @BeforeEach
    void anAgentHasWorked() throws IOException {
        project = GitProject.inUse(folder.resolve("project"));
        before = project.users("main");
        trails = project.trails();
        session =
                trails.open(SessionSpec.named("work").dirty(DirtyPolicy.IGNORE).build());
        tree = session.info().directory().orElseThrow();
        agent(KilledWorktreeTest.WORK);
    }

    @AfterEach
    void endSessions() {
        trails.find("work").ifPresent(left -> left.remove(RESCUE));
        trails.close();
    }

    private void agent(String script) {
        session.exec("sh", "-c", script).orThrow();
    }

    private List<String> changed() {
        return session.changes().files().stream().map(Change::path).toList();
    }

    /** What the agent wrote before it misbehaved is told, merged, and found in the end. */
    private void mergesAndGoes(String... more) throws IOException {
        assertThat(changed())
                .contains("README.md", "committed.txt", "written.txt")
                .containsAll(List.of(more));
        assertThat(session.preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(project.git("show", "main:written.txt")).isEqualTo("written");
        assertThat(project.git("show", "main:committed.txt")).isEqualTo("committed");
        goes();
    }

    private void isNotMerged(String code) throws IOException {
        String main = project.git("rev-parse", "main");
        assertThat(session.preview(MERGE).reasons().stream().map(Reason::code)).contains(code);
        assertThat(session.merge(MERGE))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo(code));
        assertThat(project.git("rev-parse", "main")).isEqualTo(main);
        assertThat(project.users("main")).containsAllEntriesOf(before);
    }

    /** The agent's log is ignored by git and kept by nobody else; so the session stays until it is rescued. */
    private void goes() throws IOException {
        assertThat(kept(session.remove(RemovalPolicy.safe()))).isNotEmpty();
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(trails.sessions()).isEmpty();
        nothingIsLost();
    }

    private void nothingIsLost() throws IOException {
        for (String content : List.of("committed\n", "written\n", "noted\n", "precious\nedited\n")) {
            assertThat(project.keeps(content)).as(content).isTrue();
        }
        nothingIsBroken();
    }

    private void nothingIsBroken() throws IOException {
        assertThat(project.users("main")).containsAllEntriesOf(before);
        project.checkIntegrity();
        assertThat(project.worktrees()).hasSize(1);
    }

    private static List<String> kept(RemovalReport report) {
        return report.kept().stream().map(item -> item.reason().code()).toList();
    }

    private static void fails(String code, Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failed -> assertThat(failed.code()).isEqualTo(code));
    }

    @Test
    void work_on_another_branch_is_the_sessions_work() throws IOException {
        agent("git switch -q -c other; echo more > more.txt; git add -A; git commit -q -m More");
        mergesAndGoes("more.txt");
        assertThat(project.refs("refs/heads/")).contains("refs/heads/other");
    }

    @Test
    void work_on_no_branch_is_the_sessions_work() throws IOException {
        agent("git switch -q --detach; echo more > more.txt; git add -A; git commit -q -m More");
        mergesAndGoes("more.txt");
    }

    @Test
    void half_a_rebase_is_not_merged_and_is_rescued() throws IOException {
        agent("git add -A; git commit -q -m Rest; git switch -q -c up HEAD~2; echo other > README.md;"
                + " git commit -q -a -m Other; git switch -q -; git rebase -q up || true");
        assertThat(changed()).contains("committed.txt");
        isNotMerged("worktree.session-busy");
        goes();
    }

    @Test
    void the_users_own_branch_in_the_agents_tree_is_not_committed_to() throws IOException {
        agent("git symbolic-ref HEAD refs/heads/main");
        isNotMerged("worktree.session-branch-left");
        goes();
    }

    @Test
    void a_branch_that_was_renamed_belongs_to_the_agent() throws IOException {
        agent("git branch -m renamed");
        isNotMerged("worktree.session-branch-left");
        goes();
        assertThat(project.refs("refs/heads/")).contains("refs/heads/renamed");
    }

    @Test
    void a_tree_without_git_is_compared_merged_and_removed() throws IOException {
        agent("rm .git");
        mergesAndGoes();
    }

    @Test
    void a_tree_that_became_another_repository_is_kept() throws IOException {
        agent("rm .git; git init -q");
        assertThat(kept(session.remove(RESCUE))).containsExactly("worktree.replaced");
        assertThat(tree.resolve("written.txt")).hasContent("written");
        assertThat(project.users("main")).containsAllEntriesOf(before);
    }

    @Test
    void of_a_deleted_tree_the_commits_are_rescued() throws IOException {
        agent("cd ..; rm -rf '" + tree + "'");
        fails("worktree.directory-missing", session::changes);
        fails("worktree.directory-missing", () -> session.merge(MERGE));
        assertThat(kept(session.remove(RemovalPolicy.safe()))).containsExactly("worktree.unmerged");
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(project.keeps("committed\n")).isTrue();
        nothingIsBroken();
    }

    @Test
    void of_a_tree_that_git_was_forced_to_remove_the_commits_are_rescued() throws IOException {
        agent("git worktree remove -f -f \"$PWD\"");
        fails("worktree.directory-missing", session::changes);
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(project.keeps("committed\n")).isTrue();
        nothingIsBroken();
    }

    @Test
    void a_tree_that_was_moved_is_left_where_it_is() throws IOException {
        agent("git worktree move -f -f \"$PWD\" \"$PWD.moved\"");
        assertThat(kept(session.remove(RESCUE))).containsExactly("worktree.moved");
        assertThat(Path.of(tree + ".moved", "written.txt")).hasContent("written");
    }

    @Test
    void a_link_to_the_project_in_the_place_of_the_tree_does_not_lead_to_the_users_files() throws IOException {
        agent("cd ..; mv '" + tree + "' '" + tree + ".away'; ln -s '" + project.directory() + "' '" + tree + "'");
        session.remove(RESCUE);
        assertThat(project.users("main")).containsAllEntriesOf(before);
        assertThat(Path.of(tree + ".away", "written.txt")).hasContent("written");
    }

    @Test
    void a_tree_that_points_at_the_users_index_is_kept_and_the_users_is_not_looked_at() throws IOException {
        agent("echo 'gitdir: " + project.directory().resolve(".git") + "' > .git");
        assertThat(changed()).contains("README.md", "committed.txt", "written.txt");
        assertThat(session.preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(project.users("main")).containsAllEntriesOf(before);
        assertThat(kept(session.remove(RESCUE))).containsExactly("worktree.replaced");
        assertThat(project.users("main")).containsAllEntriesOf(before);
    }

    @Test
    void a_tree_that_cannot_be_written_is_removed() throws IOException {
        agent("chmod -R a-w .");
        mergesAndGoes();
    }

    @Test
    void two_thousand_files_are_told_merged_and_removed() throws IOException {
        agent("i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); : > $i; done");
        assertThat(session.changes().files()).hasSize(2_003);
        mergesAndGoes("1", "2000");
    }

    @Test
    void any_name_that_a_file_can_have_is_told_and_merged() throws IOException {
        String longest = "n".repeat(255);
        agent("echo a > 'q\"uo te'; echo b > \"$(printf 'new\\nline')\"; echo c > " + longest
                + "; mkdir \"$(printf 'by\\377te')\"; echo d > \"$(printf 'by\\377te')/$(printf '\\303(')\"");
        assertThat(session.changes().caveats().stream().map(Reason::code))
                .containsExactly("workspace.name-undecodable");
        mergesAndGoes("q\"uo te", "new\nline", longest);
        assertThat(project.git("-c", "core.quotePath=true", "ls-tree", "-r", "--name-only", "main"))
                .contains("\"by\\377te/\\303(\"");
    }

    @Test
    void a_repository_in_the_tree_is_neither_merged_nor_lost() throws IOException {
        agent("git init -q inner; cd inner; echo inner > inner.txt");
        assertThat(session.changes().caveats().stream().map(Reason::code)).contains("worktree.nested-repository");
        isNotMerged("worktree.nested-repository");
        assertThat(kept(session.remove(RESCUE))).containsExactly("worktree.repository-work");
        assertThat(tree.resolve("inner/inner.txt")).hasContent("inner");
    }

    @Test
    void what_garbage_collection_could_take_is_still_there() throws IOException {
        var checkpoint = session.checkpoint("before");
        agent("rm written.txt; git reflog expire --expire=now HEAD refs/heads/trails/work; git gc -q --prune=now");
        session.restore(checkpoint);
        mergesAndGoes();
    }

    @Test
    void configuration_that_the_agent_writes_into_the_repository_does_not_hide_its_work() throws IOException {
        agent("mkdir hooks; for h in pre-commit post-index-change reference-transaction post-checkout; do"
                + " printf '#!/bin/sh\\necho run >> \"%s\"\\n' \"$PWD.hooked\" > hooks/$h; chmod +x hooks/$h; done;"
                + " git config core.hooksPath \"$PWD/hooks\"; git config alias.status '!false'; git config diff.external false;"
                + " git config core.pager false; git config status.showUntrackedFiles no; git config diff.noprefix true;"
                + " git config core.fsmonitor \"$PWD/hooks/pre-commit\"");
        assertThat(changed()).contains("README.md", "written.txt", "hooks/pre-commit");
        session.checkpoint("some");
        assertThat(session.preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(Path.of(tree + ".hooked")).doesNotExist();
        for (String key : List.of("core.hooksPath", "core.fsmonitor", "status.showUntrackedFiles")) {
            project.git("config", "--unset", key);
        }
        for (String section : List.of("alias", "diff")) project.git("config", "--remove-section", section);
        project.git("config", "--unset", "core.pager");
        nothingIsLost();
    }

    @Test
    void a_filter_that_fails_leaves_the_target_as_it_was() throws IOException {
        agent(
                "git config filter.odd.clean cat; git config filter.odd.smudge false; git config filter.odd.required true;"
                        + " echo 'written.txt filter=odd' > .gitattributes");
        assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.Blocked.class);
        project.git("config", "--remove-section", "filter.odd");
        assertThat(project.users("main")).containsAllEntriesOf(before);
        mergesAndGoes(".gitattributes");
    }

    @Test
    void a_repository_that_was_declared_bare_still_merges() throws IOException {
        agent("git config core.bare true");
        assertThat(changed()).contains("written.txt");
        assertThat(session.preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        project.git("config", "core.bare", "false");
        nothingIsLost();
    }

    @Test
    void refs_that_are_trails_own_may_be_gone() throws IOException {
        agent("git for-each-ref --format='delete %(refname)' refs/trails | git update-ref --stdin");
        fails("worktree.start-missing", session::changes);
        assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        goes();
    }

    @Test
    void an_index_that_is_damaged_locked_or_gone_loses_nothing() throws IOException {
        agent("touch $(git rev-parse --git-path index.lock)");
        assertThat(changed()).contains("written.txt");
        agent("rm $(git rev-parse --git-path index.lock) $(git rev-parse --git-path index)");
        assertThat(changed()).contains("written.txt");
        agent("echo damaged > $(git rev-parse --git-path index)");
        fails("worktree.git-failed", session::changes);
        assertThat(kept(session.remove(RESCUE))).containsExactly("worktree.git-failed");
        assertThat(tree.resolve("written.txt")).hasContent("written");
        agent("rm $(git rev-parse --git-path index)");
        mergesAndGoes();
    }

    @Test
    void what_the_agent_told_git_to_ignore_is_kept_until_it_is_rescued() throws IOException {
        agent("echo '*' > .gitignore; echo secret > secret.txt");
        assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(kept(session.remove(RemovalPolicy.safe()))).containsExactly("worktree.ignored");
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(project.keeps("secret\n")).isTrue();
        assertThat(project.keeps("written\n")).isTrue();
    }

    @Test
    void what_the_agent_told_git_not_to_look_at_is_kept_until_it_is_rescued() throws IOException {
        agent("git update-index --assume-unchanged README.md; git update-index --skip-worktree src/code.txt;"
                + " echo hidden > src/code.txt");
        assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(kept(session.remove(RemovalPolicy.safe()))).contains("worktree.hidden");
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(project.keeps("hidden\n")).isTrue();
        nothingIsLost();
    }

    @Test
    void links_pipes_and_sparse_trees_hide_nothing() throws IOException {
        agent("rm -r src; ln -s /etc src; mkfifo pipe; echo wide > wide.txt");
        assertThat(changed()).contains("src", "src/code.txt", "wide.txt");
        agent("git sparse-checkout set --no-cone /README.md 2>&1");
        // For that, git itself writes to the user's configuration.
        before = project.users("main");
        assertThat(changed()).contains("src", "wide.txt").doesNotContain(".gitignore");
        mergesAndGoes("src", "wide.txt");
        assertThat(project.directory().resolve("src")).isSymbolicLink();
    }

    @Test
    void what_the_agent_stashed_stays_in_the_list_of_stashes() throws IOException {
        agent("git stash -q -u");
        assertThat(kept(session.remove(RemovalPolicy.safe()))).contains("worktree.stashed");
        assertThat(kept(session.remove(RESCUE))).isEmpty();
        assertThat(project.git("stash", "list").lines()).hasSize(2);
        project.git("stash", "drop", "-q", "stash@{0}");
        nothingIsBroken();
    }
}
