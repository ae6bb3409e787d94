package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Paths of a tree as the session's directory sees them: what lies beside it is shown with {@code ../}. Immutable.
 *
 * @param prefix from the root to the session's directory, with '/' at its end, or empty
 * @param ignored trails' own directory, with '/' at its end
 */
record PathView(String prefix, Optional<String> ignored) {
    private static final String SETTINGS = "settings.json";

    static PathView of(SessionTree tree) {
        return new PathView(tree.prefix(), tree.ignored());
    }

    String shown(RepoPath path) {
        String text = path.text();
        if (text.startsWith(prefix)) return text.substring(prefix.length());
        int common = 0;
        for (int slash = prefix.indexOf('/'); slash >= 0; slash = prefix.indexOf('/', slash + 1)) {
            if (!text.startsWith(prefix.substring(0, slash + 1))) break;
            common = slash + 1;
        }
        long up = prefix.substring(common).chars().filter(c -> c == '/').count();
        return "../".repeat((int) up) + text.substring(common);
    }

    /** Whether it is a user's, and not trails' own. */
    boolean counts(RepoPath path) {
        if (ignored.isEmpty()) return true;
        String text = path.text();
        return !text.startsWith(ignored.get()) || text.equals(ignored.get() + SETTINGS);
    }

    /** Whether it is one of these files or lies in one of these folders; all do if there are none. */
    boolean isIn(List<String> roots, RepoPath path) {
        if (roots.isEmpty()) return true;
        String text = path.text();
        for (String root : roots) {
            if (root.isEmpty() || text.equals(root) || text.startsWith(root + "/")) return true;
        }
        return false;
    }

    /** As seen from the root, without a '/' at the end; the root itself is empty. Leads nowhere if it leads out of the tree. */
    List<String> fromRoot(List<String> paths) {
        return paths.stream().map(this::fromRoot).toList();
    }

    private String fromRoot(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (prefix + path).split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) continue;
            if (!name.equals("..")) {
                names.addLast(name);
            } else if (names.pollLast() == null) {
                throw new IllegalArgumentException("'" + path + "' lies outside of the session's tree");
            }
        }
        return String.join("/", names);
    }
}
