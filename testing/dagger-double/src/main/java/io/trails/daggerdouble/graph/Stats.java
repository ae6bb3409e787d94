package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Machine;
import io.trails.daggerdouble.tree.Blob;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;
import io.trails.daggerdouble.tree.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/** What the fields about single paths of a tree say, for containers and directories alike. */
final class Stats {

    private Stats() {}

    /** @param machine whether this machine's programs are seen too, as in a container */
    static Optional<Node> find(Dir tree, String path, boolean follow, boolean machine) {
        Path at = Paths.follow(tree, Paths.inside(path), follow);
        Optional<Node> found = tree.at(at);
        if (!machine || (found.isPresent() && !(found.get() instanceof Dir))) {
            return found;
        }
        return Machine.file(tree, Path.of("/").resolve(at))
                .map(Stats::ofMachine)
                .or(() -> found);
    }

    static boolean exists(Optional<Node> found, String type) {
        return found.map(node -> switch (type) {
                    case "REGULAR_TYPE", "REGULAR" -> node instanceof Node.Regular;
                    case "DIRECTORY_TYPE", "DIRECTORY" -> node instanceof Dir;
                    case "SYMLINK_TYPE", "SYMLINK" -> node instanceof Node.Link;
                    default -> true;
                })
                .orElse(false);
    }

    static void addTo(Fields fields) {
        fields.add(Value.Stat.class, "name", (stat, args, context) -> stat.name);
        fields.add(Value.Stat.class, "permissions", (stat, args, context) -> stat.node.mode());
        fields.add(
                Value.Stat.class,
                "size",
                (stat, args, context) -> stat.node instanceof Node.Regular file
                        ? (int) file.blob().size()
                        : 0);
        fields.add(Value.Stat.class, "fileType", (stat, args, context) -> type(stat.node));
    }

    private static String type(Node node) {
        if (node instanceof Node.Regular) {
            return "REGULAR";
        }
        return node instanceof Dir ? "DIRECTORY" : node instanceof Node.Link ? "SYMLINK" : "UNKNOWN";
    }

    private static Node ofMachine(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return new Dir(new TreeMap<>(), 0755);
            }
            int mode = Files.isExecutable(file) ? 0755 : 0644;
            return new Node.Regular(new Blob(0, Files.size(file), ""), mode, 0);
        } catch (IOException e) {
            throw new GraphFailure("stat " + file + ": " + e.getMessage());
        }
    }
}
