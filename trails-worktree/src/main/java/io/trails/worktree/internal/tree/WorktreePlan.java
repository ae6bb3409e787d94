package io.trails.worktree.internal.tree;

import io.trails.DirtyPolicy;
import io.trails.spi.Plan;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.repo.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a session's worktree is going to be. Immutable. Paths are stored as text; a project whose path this JVM's locale cannot
 * express is refused before anything is planned.
 *
 * @param sessionId the session's id
 * @param key names this opening of the session: its id, a hyphen, and what was drawn
 * @param project the session's project directory
 * @param commonDirectory of the repository
 * @param source the root of the tree that the project lies in; empty for a bare repository
 * @param prefix from the root to the project, with '/' at its end, or empty
 * @param root where the new tree is going to be
 * @param administration the name of its directory in {@code worktrees} of the common directory
 * @param branch the branch that is made for it, short
 * @param base the commit it starts from
 * @param baseBranch the branch that commit was found on, short; empty if there was none
 * @param dirty what becomes of work in the source that is not committed
 * @param forkOf the commit of the checkpoint it starts with
 */
public record WorktreePlan(
        String sessionId,
        String key,
        Path project,
        Path commonDirectory,
        Optional<Path> source,
        String prefix,
        Path root,
        String administration,
        String branch,
        String base,
        Optional<String> baseBranch,
        DirtyPolicy dirty,
        Optional<String> forkOf) {
    private static final int SHA256_DIGITS = 64;
    private static final String SESSION = "session";
    private static final String KEY = "key";
    private static final String PROJECT = "project";
    private static final String COMMON = "repository";
    private static final String SOURCE = "source";
    private static final String PREFIX = "prefix";
    private static final String ROOT = "directory";
    private static final String ADMINISTRATION = "administration";
    private static final String BRANCH = "branch";
    private static final String BASE = "base";
    private static final String BASE_BRANCH = "base_branch";
    private static final String DIRTY = "dirty";
    private static final String FORK = "fork_of";

    public static WorktreePlan parse(Plan plan) {
        return new WorktreePlan(
                plan.get(SESSION),
                plan.get(KEY),
                Path.of(plan.get(PROJECT)),
                Path.of(plan.get(COMMON)),
                plan.find(SOURCE).map(Path::of),
                plan.find(PREFIX).orElse(""),
                Path.of(plan.get(ROOT)),
                plan.get(ADMINISTRATION),
                plan.get(BRANCH),
                plan.get(BASE),
                plan.find(BASE_BRANCH),
                DirtyPolicy.valueOf(plan.get(DIRTY)),
                plan.find(FORK));
    }

    public Plan toPlan() {
        Plan plan = Plan.empty()
                .with(SESSION, sessionId)
                .with(KEY, key)
                .with(PROJECT, project.toString())
                .with(COMMON, commonDirectory.toString())
                .with(PREFIX, prefix)
                .with(ROOT, root.toString())
                .with(ADMINISTRATION, administration)
                .with(BRANCH, branch)
                .with(BASE, base)
                .with(DIRTY, dirty.name());
        if (source.isPresent()) plan = plan.with(SOURCE, source.get().toString());
        if (baseBranch.isPresent()) plan = plan.with(BASE_BRANCH, baseBranch.get());
        if (forkOf.isPresent()) plan = plan.with(FORK, forkOf.get());
        return plan;
    }

    /** The tree as it is or will be, without a question to git. */
    public SessionTree tree(GitProgram program, Clock clock) {
        String objectFormat = base.length() == SHA256_DIGITS ? "sha256" : "sha1";
        boolean shallow = Files.exists(commonDirectory.resolve("shallow"));
        var repository =
                new Repository(commonDirectory, gitDirectory(), Optional.of(root), prefix, objectFormat, shallow);
        return new SessionTree(
                new Git(program, root).on(gitDirectory()),
                repository,
                root,
                prefix,
                sessionId,
                refs(),
                base,
                Optional.of(branch),
                baseBranch,
                Optional.empty(),
                clock);
    }

    public SessionRefs refs() {
        return new SessionRefs(key);
    }

    /** The session's directory. */
    public Path directory() {
        return prefix.isEmpty() ? root : root.resolve(prefix);
    }

    /** Where git keeps what belongs to the tree alone. */
    public Path gitDirectory() {
        return commonDirectory.resolve("worktrees").resolve(administration);
    }
}
