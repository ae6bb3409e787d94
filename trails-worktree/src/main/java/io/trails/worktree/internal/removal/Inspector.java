package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.Ahead;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at all that a session's removal could lose. It writes nothing but objects. Immutable. */
record Inspector(Site site, Path workspace, boolean rescues, CapturedFiles captured) {
    Inspection inspect() throws IOException {
        try (Ahead<SessionRefTable> refs = Ahead.ask(() -> SessionRefTable.read(site, site.outerGit()))) {
            return inspect(refs::get);
        }
    }

    /** The same with refs that were read before: they are deleted only as they were read. */
    Inspection inspect(SessionRefTable refs) throws IOException {
        return inspect(() -> refs);
    }

    private Inspection inspect(Supplier<SessionRefTable> asked) throws IOException {
        TreeGit git = site.git();
        var findings = new Findings();
        // Who opens a file after the last look cannot find it any more.
        for (String process : LiveProcesses.in(List.of(site.root(), site.aside()), Site.isDirectory(site.aside()))) {
            findings.add(
                    Finding.keeps(
                            "in-use",
                            process,
                            "It works in the session's tree",
                            "End it, or remove the session with RemovalPolicy.safe().endingProcesses() if it is the session's own"));
        }
        Optional<Path> tree = site.tree();
        Optional<TreeStatus> status =
                site.isRegistered() && tree.isPresent() ? Optional.of(TreeStatus.read(git)) : Optional.empty();
        Optional<String> head = status.isPresent()
                ? status.get().head()
                : site.isRegistered() ? git.find("HEAD^{commit}") : Optional.empty();
        findings.head = head;
        SessionRefTable refs = asked.get();
        operation(findings);
        new CommitInspection(site, git, refs, findings)
                .run(
                        head,
                        status.isPresent()
                                ? status.get().branch()
                                : Optional.of(site.plan().branch()));
        var files = new FileInspection(site, git, refs, findings, rescues, captured);
        if (status.isPresent()) {
            IndexEntries entries =
                    IndexEntries.read(git, tree.get(), site.plan().base().length() / 2);
            files.run(tree.get(), status.get(), entries);
            var places = new LinkedHashSet<>(status.get().nested());
            places.addAll(entries.repositories());
            others(git, refs, tree.get(), status.get(), places, findings);
        } else if (site.isRegistered()) {
            files.withoutTree(head);
        }
        return findings.inspection(refs.refs());
    }

    private void operation(Findings findings) {
        if (!site.isRegistered()) return;
        Operation.underWay(site.administration())
                .ifPresent(name -> findings.add(Finding.work("operation", "a " + name, "It is under way in the tree")));
        if (Registered.look(site).lock().isEmpty()) {
            findings.add(Finding.work(
                    "unlocked", site.root().toString(), "Somebody unlocked it, so that git may drop it at any time"));
        }
    }

    /** Ignored files, and repositories in the tree. */
    private void others(
            TreeGit git, SessionRefTable refs, Path tree, TreeStatus status, Set<RepoPath> places, Findings findings)
            throws IOException {
        var copies =
                new Copies(IncludedFiles.read(workspace), site.plan().source().filter(Files::isDirectory));
        var ignored = new IgnoredFiles(tree, copies);
        for (RepoPath path : status.ignored()) ignored.add(path);
        if (!ignored.outputs().isEmpty()) {
            findings.add(Finding.goes(
                    "output-removed",
                    Findings.some(ignored.outputs()),
                    "It is ignored, and its names are those of output that is made again"));
        }
        if (!ignored.tooBig().isEmpty()) {
            findings.add(Finding.keeps(
                    "ignored-too-big",
                    Findings.counted(ignored.tooBig().size(), "ignored file"),
                    "Too big to be rescued: " + Findings.some(ignored.tooBig()),
                    "Move or delete it, then remove the session again"));
        }
        own(git, refs, ignored.own(), copies, findings);
        places.addAll(ignored.repositories());
        new NestedInspection(site, findings).run(tree, places);
    }

    private void own(TreeGit git, SessionRefTable refs, Map<RepoPath, Path> own, Copies copies, Findings findings)
            throws IOException {
        if (own.isEmpty()) return;
        if (rescues || !refs.trash().isEmpty()) {
            Files.createDirectories(site.own());
            String tree = RawTree.write(git, site.own(), own);
            if (refs.rescuedTrees().contains(tree)) return;
            findings.ignored = Optional.of(tree);
        }
        List<RepoPath> edited = own.keySet().stream().filter(copies::had).toList();
        var fresh = new ArrayList<>(own.keySet());
        fresh.removeAll(edited);
        findings.files("included-edited", "ignored file that was copied in and edited", edited);
        findings.files("ignored", "ignored file", fresh);
    }
}
