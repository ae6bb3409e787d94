package io.trails.worktree.internal.removal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The refs that have to do with one session, read at once. Immutable. */
record SessionRefTable(Site site, List<Ref> refs) {
    private static final List<String> PRIVATE = List.of("refs/bisect/", "refs/worktree/", "refs/rewritten/");
    static final String STASH = "refs/stash";

    static SessionRefTable read(Site site, TreeGit git) {
        var names = site.plan().refs();
        var wanted = new ArrayList<>(
                List.of(site.branch(), names.start(), without(names.checkpoints()), without(names.trash()), STASH));
        wanted.addAll(List.of(without(names.merged()), without(names.mergedAs())));
        for (String prefix : PRIVATE) wanted.add(without(prefix));
        site.plan().baseBranch().ifPresent(base -> {
            wanted.add("refs/heads/" + base);
            wanted.add("refs/remotes/*/" + base);
        });
        return new SessionRefTable(site, Ref.list(git, wanted));
    }

    SessionRefTable with(List<Ref> more) {
        var all = new ArrayList<>(refs);
        all.addAll(more);
        return new SessionRefTable(site, all);
    }

    private static String without(String prefix) {
        return prefix.substring(0, prefix.length() - 1);
    }

    Optional<Ref> find(String name) {
        return refs.stream().filter(ref -> ref.name().equals(name)).findFirst();
    }

    private List<Ref> below(String prefix) {
        return refs.stream().filter(ref -> ref.name().startsWith(prefix)).toList();
    }

    Optional<Ref> branch() {
        return find(site.branch());
    }

    Optional<Ref> start() {
        return find(site.plan().refs().start());
    }

    List<Ref> checkpoints() {
        return below(site.plan().refs().checkpoints());
    }

    /** The session's commits that went into branches as other commits, by a squash or a rebase. */
    List<Ref> merged() {
        return below(site.plan().refs().merged());
    }

    /** What a commit of {@link #merged} became. */
    Optional<Ref> mergedAs(Ref merged) {
        var names = site.plan().refs();
        return find(names.mergedAs() + merged.name().substring(names.merged().length()));
    }

    /** All that only say how far the session came with its merges. */
    List<Ref> bookkeeping() {
        var all = new ArrayList<>(merged());
        all.addAll(below(site.plan().refs().mergedAs()));
        return all;
    }

    List<Ref> trash() {
        return below(site.plan().refs().trash());
    }

    /** Of the tree alone; the repository's own ones are somebody else's. */
    List<Ref> ofTree() {
        if (!site.isRegistered()) return List.of();
        return refs.stream()
                .filter(ref -> PRIVATE.stream().anyMatch(ref.name()::startsWith))
                .toList();
    }

    /** The branch that the session started from, here and as other repositories were seen to have it. */
    List<Ref> bases() {
        String base = site.plan().baseBranch().orElse("");
        if (base.isEmpty()) return List.of();
        return refs.stream()
                .filter(ref -> ref.name().equals("refs/heads/" + base)
                        || (ref.name().startsWith("refs/remotes/") && ref.name().endsWith("/" + base)))
                .toList();
    }

    /** The trees that are rescued already. */
    Set<String> rescuedTrees() {
        var trees = new HashSet<String>();
        for (Ref rescue : trash()) trees.add(rescue.tree());
        return trees;
    }

    Set<String> rescuedCommits() {
        var commits = new HashSet<String>();
        for (Ref rescue : trash()) commits.add(rescue.target());
        return commits;
    }
}
