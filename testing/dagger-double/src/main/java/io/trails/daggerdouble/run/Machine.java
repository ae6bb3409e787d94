package io.trails.daggerdouble.run;

import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs of this machine, lent to images that have none: whose {@code /usr} is missing or empty. */
public final class Machine {

    private static final List<String> TOP = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> SETTINGS = List.of("etc/alternatives", "etc/ld.so.cache", "etc/ssl");

    private Machine() {}

    static boolean lendsTo(Dir root) {
        Node usr = root.at(Path.of("usr")).orElse(Dir.EMPTY);
        return usr instanceof Dir dir && dir.children().isEmpty();
    }

    /** A tree in which this machine's programs find their places. */
    public static Dir prepare(Dir root) {
        if (!lendsTo(root)) {
            return root;
        }
        Dir prepared = root.with(Path.of("usr"), Dir.EMPTY);
        for (String name : TOP) {
            Path top = Path.of("/" + name);
            Path own = Path.of(name);
            if (prepared.at(own).isPresent() || !Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            prepared = prepared.with(own, Files.isSymbolicLink(top) ? new Node.Link(target(top)) : Dir.EMPTY);
        }
        return prepared;
    }

    /** Places of this machine that a container sees, read-only. */
    static List<Path> places(Dir root) {
        if (!lendsTo(root)) {
            return List.of();
        }
        List<Path> places = new ArrayList<>();
        places.add(Path.of("/usr"));
        for (String name : TOP) {
            boolean empty = root.at(Path.of(name)).orElse(null) instanceof Dir dir
                    && dir.children().isEmpty();
            if (empty && Files.isDirectory(Path.of("/" + name))) {
                places.add(Path.of("/" + name));
            }
        }
        for (String name : SETTINGS) {
            if (root.at(Path.of(name)).isEmpty() && Files.exists(Path.of("/" + name))) {
                places.add(Path.of("/" + name));
            }
        }
        return places;
    }

    /** A file of this machine that a container sees at a path. */
    public static Optional<Path> file(Dir root, Path path) {
        return places(root).stream()
                .filter(path::startsWith)
                .map(ignored -> path)
                .filter(Files::exists)
                .findFirst();
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
