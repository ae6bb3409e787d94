package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Command;
import io.trails.daggerdouble.tree.Blobs;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;
import io.trails.daggerdouble.tree.Paths;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who a user given by name or number is in a container. */
final class Users {

    private Users() {}

    static Command.User find(Blobs blobs, Dir root, String user) {
        String[] parts = (user.isEmpty() ? "0" : user).split(":", 2);
        Optional<List<String>> known = line(blobs, root, "etc/passwd", parts[0]);
        int uid = number(parts[0])
                .or(() -> known.map(line -> Integer.parseInt(line.get(2))))
                .orElseThrow(() -> unknown("user", parts[0]));
        String home =
                known.filter(line -> line.size() > 5).map(line -> line.get(5)).orElse("/");
        if (parts.length == 1) {
            return new Command.User(
                    uid, known.map(line -> Integer.parseInt(line.get(3))).orElse(0), home);
        }
        int gid = number(parts[1])
                .or(() -> line(blobs, root, "etc/group", parts[1]).map(line -> Integer.parseInt(line.get(2))))
                .orElseThrow(() -> unknown("group", parts[1]));
        return new Command.User(uid, gid, home);
    }

    /** Files can be given to the superuser, to numbers and to whom the container knows; looked for is no more than that. */
    static void needOwner(Blobs blobs, Dir root, String owner) {
        String[] parts = owner.split(":", 2);
        if (!isKnown(blobs, root, "etc/passwd", parts[0])) {
            throw new GraphFailure("find uid: no such user: " + parts[0]);
        }
        if (parts.length > 1 && !isKnown(blobs, root, "etc/group", parts[1])) {
            throw new GraphFailure("find gid: no such group: " + parts[1]);
        }
    }

    private static boolean isKnown(Blobs blobs, Dir root, String file, String name) {
        return name.isEmpty()
                || name.equals("root")
                || number(name).isPresent()
                || line(blobs, root, file, name).isPresent();
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d+") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /** The line of a name or, of a number, of its third field. */
    private static Optional<List<String>> line(Blobs blobs, Dir root, String file, String wanted) {
        if (!(Paths.find(root, Path.of(file), true).orElse(null) instanceof Node.Regular regular)) {
            return Optional.empty();
        }
        return new String(blobs.read(regular.blob(), 1 << 20), StandardCharsets.UTF_8)
                .lines()
                .map(line -> List.of(line.split(":", -1)))
                .filter(line -> line.size() > 2
                        && (line.get(0).equals(wanted) || line.get(2).equals(wanted)))
                .findFirst();
    }

    private static GraphFailure unknown(String what, String name) {
        return new GraphFailure(
                "get user: unable to find " + what + " " + name + ": no matching entries in "
                        + (what.equals("user") ? "passwd" : "group") + " file",
                Map.of("_type", "EXEC_ERROR", "cmd", List.of(), "exitCode", -1, "stdout", "", "stderr", ""));
    }
}
