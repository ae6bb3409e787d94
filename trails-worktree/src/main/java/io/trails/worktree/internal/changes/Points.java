package io.trails.worktree.internal.changes;

import io.trails.Standing;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commits and trees that a session is about. Immutable. */
final class Points {
    private final TreeCalls calls;
    private final StatusReport status;
    private final String startTree;
    private final String headTree;
    private final Optional<String> baseTip;

    private Points(TreeCalls calls, StatusReport status, String startTree, String headTree, Optional<String> baseTip) {
        this.calls = calls;
        this.status = status;
        this.startTree = startTree;
        this.headTree = headTree;
        this.baseTip = baseTip;
    }

    static Points find(TreeCalls calls, StatusReport status) {
        SessionTree tree = calls.tree();
        var names = new ArrayList<String>();
        names.add(tree.refs().start() + "^{tree}");
        names.add(headName(calls, status));
        tree.baseBranch().ifPresent(branch -> names.add("refs/heads/" + branch + "^{commit}"));
        List<Optional<String>> found = resolve(calls, names);
        String start = found.get(0).orElseThrow(() -> startMissing(tree));
        String head = found.get(1).orElseThrow(() -> headDamaged(tree, names.get(1)));
        return new Points(calls, status, start, head, found.size() > 2 ? found.get(2) : Optional.empty());
    }

    private static TrailsException startMissing(SessionTree tree) {
        String ref = tree.refs().start();
        return new TrailsException(
                "worktree.start-missing",
                "The point that session '" + tree.sessionId() + "' started from is gone: " + ref
                        + " cannot be read; 'git update-ref " + ref + " " + tree.base()
                        + "' takes the commit below it instead");
    }

    private static TrailsException headDamaged(SessionTree tree, String head) {
        return new TrailsException(
                "worktree.head-damaged",
                "The commit that is checked out in " + tree.root() + " cannot be read: " + head + "; see 'git fsck'");
    }

    private static String headName(TreeCalls calls, StatusReport status) {
        return status.head().map(head -> head + "^{tree}").orElse(calls.emptyTree());
    }

    /** The tree of the commit that is checked out. */
    static String headTree(TreeCalls calls, StatusReport status) {
        String name = headName(calls, status);
        return resolve(calls, List.of(name)).get(0).orElseThrow(() -> headDamaged(calls.tree(), name));
    }

    /** The tree that the session started with. */
    static String startTree(TreeCalls calls) {
        SessionTree tree = calls.tree();
        return resolve(calls, List.of(tree.refs().start() + "^{tree}")).get(0).orElseThrow(() -> startMissing(tree));
    }

    /** In the order of the names; empty for what does not exist. */
    static List<Optional<String>> resolve(TreeCalls calls, List<String> names) {
        GitCall check = calls.of("cat-file", "--batch-check=%(objectname)").input(String.join("\n", names) + "\n");
        var found = new ArrayList<Optional<String>>();
        for (String line : calls.tree().git().run(check).lines()) {
            found.add(line.indexOf(' ') < 0 ? Optional.of(line) : Optional.empty());
        }
        return found;
    }

    String startTree() {
        return startTree;
    }

    String headTree() {
        return headTree;
    }

    Optional<Standing> standing() {
        SessionTree tree = calls.tree();
        return status.head()
                .map(head -> new Standing(
                        tree.base(),
                        head,
                        status.branch(),
                        count(tree.base(), head),
                        baseTip.map(tip -> count(head, tip)).orElse(0)));
    }

    /** Commits of one that the other does not have. */
    private int count(String without, String of) {
        if (without.equals(of)) return 0;
        String counted = calls.tree()
                .git()
                .run(calls.of("rev-list", "--count", of, "^" + without))
                .text();
        return Integer.parseInt(counted);
    }
}
