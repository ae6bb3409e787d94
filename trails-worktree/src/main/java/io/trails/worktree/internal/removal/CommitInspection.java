package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds commits, stash entries and checkpoints that a session's removal would lose. Single-threaded, for one inspection. */
final class CommitInspection {
    private static final int STASH_FIELDS = 3;

    private final Site site;
    private final TreeGit git;
    private final SessionRefTable refs;
    private final Findings findings;
    private final Set<String> roots;

    CommitInspection(Site site, TreeGit git, SessionRefTable refs, Findings findings) {
        this.site = site;
        this.git = git;
        this.refs = refs;
        this.findings = findings;
        roots = new LinkedHashSet<>(Roots.of(site, git));
    }

    /** @param checkedOut the branch of the tree; empty if it is detached */
    void run(Optional<String> head, Optional<String> checkedOut) throws IOException {
        var heads = new LinkedHashSet<String>();
        refs.branch().map(Ref::target).ifPresent(heads::add);
        head.ifPresent(heads::add);
        roots.addAll(heads);
        for (Ref ref : refs.ofTree()) roots.add(ref.target());
        for (Ref merged : refs.merged()) roots.add(merged.target());
        if (!refs.ofTree().isEmpty()) {
            findings.add(Finding.work(
                    "private-refs",
                    Findings.counted(refs.ofTree().size(), "ref") + " of the tree alone",
                    refs.ofTree().get(0).name()));
        }
        unreachable(heads, head.filter(commit -> checkedOut.isEmpty()));
        stashed();
        Set<String> rescued = refs.rescuedCommits();
        for (Ref checkpoint : refs.checkpoints()) {
            if (!rescued.contains(checkpoint.target())) findings.checkpoints.add(checkpoint);
        }
        checkedOut
                .filter(branch -> !branch.equals(site.plan().branch()))
                .ifPresent(branch -> findings.add(Finding.stays(
                        "branch-stays", "branch '" + branch + "'", "It was checked out in the session's tree")));
    }

    private void unreachable(Set<String> heads, Optional<String> detached) throws IOException {
        // What a branch that exists has is the usual case, and needs no walk.
        var open = new HashSet<>(roots);
        String base = site.plan().base();
        for (Ref tip : refs.bases()) open.remove(tip.target());
        boolean saved = isBaseSaved(base);
        if (saved) open.remove(base);
        if (open.isEmpty()) return;
        OwnCommits own = OwnCommits.find(site, git, open, saved ? Set.of(base) : Set.of());
        var content = new MergedContent(site, git, refs.bases());
        var landed = new LandedWork(site, git, refs);
        var reached = new HashSet<String>();
        for (String head : heads) {
            if (!own.contains(head)) continue;
            Set<String> commits = own.from(head);
            boolean counted = !reached.addAll(commits);
            findings.commits.add(head);
            if (counted || landed.has(head) || content.has(head)) continue;
            String of = detached.filter(head::equals).isPresent() ? "no branch" : "branch '" + branch() + "'";
            findings.add(Finding.work(
                    detached.filter(head::equals).isPresent() ? "detached" : "unmerged",
                    Findings.counted(commits.size(), "commit") + " on " + of,
                    "No other branch has " + shortened(head) + ", nor has the one it started from its content"));
        }
        for (String tip : own.tipsWithout(reached)) {
            findings.commits.add(tip);
            if (landed.has(tip) || content.has(tip)) continue;
            findings.add(Finding.work(
                    "reflog", "commit " + shortened(tip), "Only the history of this tree leads to it, no branch"));
        }
    }

    /** A session can start from the work of another one, whose branch is gone by now: then this one has the last of it. */
    private boolean isBaseSaved(String base) {
        if (refs.bases().stream().anyMatch(tip -> tip.target().equals(base))) return true;
        return OwnCommits.isSaved(site, git, base) || isHistory(base);
    }

    /** Whoever rewrites a branch has the old commits in its history, and does not lose them here. */
    private boolean isHistory(String base) {
        String ref = site.plan()
                .baseBranch()
                .map(branch -> "refs/heads/" + branch)
                .filter(name -> refs.find(name).isPresent())
                .orElse("HEAD");
        Optional<Path> source = site.plan().source().filter(Files::isDirectory);
        if (source.isEmpty()) return false;
        return new Git(site.program(), source.get())
                .run(GitCall.of("log", "-g", "--format=%H", ref, "--").accepting(0, 128))
                .lines()
                .contains(base);
    }

    private String branch() {
        return site.plan().branch();
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(12, commit.length()));
    }

    private void stashed() {
        if (refs.find(SessionRefTable.STASH).isEmpty()) return;
        GitCall log = GitCall.of("log", "-g", "-z", "--format=%H%x00%P%x00%gs", SessionRefTable.STASH, "--");
        List<RepoPath> fields = git.run(log).fields();
        Set<String> rescued = refs.rescuedCommits();
        for (int i = 0; i + STASH_FIELDS <= fields.size(); i += STASH_FIELDS) {
            String commit = fields.get(i).text().strip();
            String message = fields.get(i + 2).text();
            if (!isOurs(message, fields.get(i + 1).text()) || rescued.contains(commit)) continue;
            findings.stashes.add(commit);
            findings.add(Finding.work(
                    "stashed",
                    "stash entry '" + message + "'",
                    "It was made on the session's branch; it is in the repository's list of stashes and stays there"));
        }
    }

    /** The list is the whole repository's: a stash's message names the branch, and its first parent what it was made on. */
    private boolean isOurs(String message, String parents) {
        if (message.startsWith("WIP on " + branch() + ": ") || message.startsWith("On " + branch() + ": ")) return true;
        boolean detached = message.startsWith("WIP on (no branch): ") || message.startsWith("On (no branch): ");
        String first = parents.split(" ", 2)[0];
        return detached && roots.contains(first) && !first.equals(site.plan().base());
    }
}
