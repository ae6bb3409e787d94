package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds paths in a tree as a process whose root it is would: links are followed, and none leads out. */
public final class Paths {

    private static final int LINKS = 40;

    private Paths() {}

    /** Where a path ends after its links, whether something is there or not; relative to the root. */
    public static Path follow(Dir root, Path path, boolean lastToo) {
        Deque<Path> left = new ArrayDeque<>();
        push(left, path);
        Path at = Path.of("");
        int links = 0;
        while (!left.isEmpty()) {
            Path name = left.pop();
            if (Dir.isSelf(name)) {
                continue;
            }
            if (name.toString().equals("..")) {
                at = above(at);
                continue;
            }
            Path next = at.toString().isEmpty() ? name : at.resolve(name);
            boolean followed = lastToo || !left.isEmpty();
            if (followed && root.at(next).orElse(null) instanceof Node.Link link && links++ < LINKS) {
                if (link.target().isAbsolute()) {
                    at = Path.of("");
                }
                push(left, link.target());
            } else {
                at = next;
            }
        }
        return at;
    }

    private static Path above(Path at) {
        Path parent = at.getParent();
        return parent == null ? Path.of("") : parent;
    }

    public static Optional<Node> find(Dir root, Path path, boolean lastToo) {
        return root.at(follow(root, path, lastToo));
    }

    /** A path within a tree, from its root or not, made relative to it. */
    public static Path inside(String path) {
        Path normal = Path.of("/").resolve(path).normalize();
        return Path.of("/").relativize(normal);
    }

    private static void push(Deque<Path> left, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            left.push(path.getName(i));
        }
    }
}
