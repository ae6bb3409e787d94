package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.register.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds files that a session's removal would lose. Single-threaded, for one inspection. */
final class FileInspection {
    private final Site site;
    private final TreeGit git;
    private final SessionRefTable refs;
    private final Findings findings;
    private final boolean rescues;
    private final TreeCapture capture;
    private final CapturedFiles captured;

    FileInspection(
            Site site, TreeGit git, SessionRefTable refs, Findings findings, boolean rescues, CapturedFiles captured) {
        this.site = site;
        this.git = git;
        this.refs = refs;
        this.findings = findings;
        this.rescues = rescues;
        this.captured = captured;
        capture = new TreeCapture(site, git);
    }

    /** What there is of a tree that somebody deleted: what was staged in it. */
    void withoutTree(Optional<String> head) throws IOException {
        Optional<String> staged = capture.index();
        if (staged.isEmpty() || isSaved(staged.get(), head)) return;
        findings.files = staged;
        findings.changed = differing(head.orElse(""), staged.get(), "").size();
        findings.add(
                Finding.work("staged", "what was staged", "The files of the tree are gone, what was staged is not"));
    }

    void run(Path tree, TreeStatus status, IndexEntries entries) throws IOException {
        List<RepoPath> touched = new ArrayList<>(status.touched());
        touched.addAll(entries.hidden());
        if (touched.isEmpty()) return;
        if (!isComplete() && nobodyWrote(tree, touched, entries.hidden())) return;
        work(tree, status, entries, touched);
    }

    private boolean isComplete() {
        boolean indexed = Files.exists(site.administration().resolve("index"));
        return indexed && new Entry(site.plan()).progress() == io.trails.worktree.internal.register.Step.READY;
    }

    /** In a tree that never was complete: all that is in it is what it would have got. What is missing is not yet written. */
    private boolean nobodyWrote(Path tree, List<RepoPath> touched, List<RepoPath> hidden) throws IOException {
        String files = capture.files(touched, hidden);
        if (isSaved(files, Optional.of(site.plan().base()))) return true;
        var source = new Copies(Map.of(), site.plan().source().filter(Files::isDirectory));
        for (RepoPath path : differing(site.plan().base(), files, "--diff-filter=d")) {
            if (!source.has(path, BytePath.resolve(tree, path))) return false;
        }
        return true;
    }

    private void work(Path tree, TreeStatus status, IndexEntries entries, List<RepoPath> touched) throws IOException {
        boolean comparable = rescues
                || !refs.trash().isEmpty()
                || !entries.hidden().isEmpty()
                || refs.start()
                        .filter(start -> !start.target().equals(site.plan().base()))
                        .isPresent();
        if (comparable) {
            if (captured.areRescued(tree, touched, refs.rescuedTrees())) return;
            String files = capture.files(touched, entries.hidden());
            if (refs.rescuedTrees().contains(files)) return;
            // What is only hidden from status, and not changed, is not work.
            if (status.isClean() && files.equals(treeOf(status.head()).orElse(""))) return;
            findings.files = Optional.of(files);
            findings.index = status.staged().isEmpty() ? Optional.empty() : capture.index();
            findings.changed = touched.size();
            // Nobody changed what was carried here. It is rescued all the same, since its source may have moved on.
            if (refs.start().filter(start -> start.tree().equals(files)).isPresent()) return;
            findings.exact = new ExactFiles(site, git, captured).write(tree, touched, files, treeOf(status.head()));
        }
        findings.files("staged", "staged change", status.staged());
        findings.files("unstaged", "unstaged change", status.unstaged());
        findings.files("unmerged-files", "unmerged file", status.unmerged());
        findings.files("untracked", "untracked file", status.untracked());
        findings.files("hidden", "file hidden from git", entries.hidden());
    }

    /** Whether each of its files is the same in a place that stays. */
    private boolean isSaved(String tree, Optional<String> head) {
        Set<String> others = new HashSet<>(refs.rescuedTrees());
        refs.start().map(Ref::tree).ifPresent(others::add);
        head.ifPresent(others::add);
        others.remove("");
        for (String other : others) {
            if (tree.equals(other) || differing(other, tree, "--diff-filter=d").isEmpty()) return true;
        }
        return false;
    }

    private List<RepoPath> differing(String from, String to, String filter) {
        if (from.isEmpty()) return List.of();
        var command = new ArrayList<>(List.of("diff-tree", "-r", "-z", "--no-renames", "--name-only"));
        if (!filter.isEmpty()) command.add(filter);
        command.add(from);
        command.add(to);
        return git.run(GitCall.of(command)).fields();
    }

    private Optional<String> treeOf(Optional<String> commit) {
        Optional<String> branchs = refs.branch()
                .filter(branch -> commit.equals(Optional.of(branch.target())))
                .map(Ref::tree)
                .filter(tree -> !tree.isEmpty());
        return branchs.isPresent() ? branchs : commit.flatMap(head -> git.find(head + "^{tree}"));
    }
}
