package io.trails.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.Change.Kind;
import io.trails.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to a small tree, {@code changes()} says what comparing two full copies of it says. */
final class InPlaceEditsTest {
    private static final List<String> PATHS = List.of("a", "b", "c/a", "c/b", "c/d/a", "e/a");

    /** What is done to one path. */
    enum Verb {
        WRITE,
        DELETE,
        MOVE,
        LINK,
        EXECUTABLE,
        FOLDER
    }

    record Edit(Verb verb, String path, String other, String text) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.of(PATHS),
                        Arbitraries.of(PATHS),
                        Arbitraries.of("x", "y", "longer"))
                .as(Edit::new)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 300)
    void changes_are_the_difference_of_two_copies(@ForAll("edits") List<Edit> before, @ForAll("edits") List<Edit> after)
            throws IOException {
        Path scratch = Files.createTempDirectory("trails-edits");
        try {
            var project = new InPlaceProject(scratch);
            for (Edit edit : before) apply(project.directory, edit);
            Map<String, String> then = copy(project.directory);
            project.create();
            for (Edit edit : after) apply(project.directory, edit);
            assertThat(flat(project.changes())).isEqualTo(difference(then, copy(project.directory)));
        } finally {
            delete(scratch);
        }
    }

    private static void apply(Path root, Edit edit) throws IOException {
        Path path = root.resolve(edit.path);
        Path other = root.resolve(edit.other);
        switch (edit.verb) {
            case WRITE -> {
                if (!makeRoom(root, path)) return;
                Files.writeString(path, edit.text);
            }
            case DELETE -> delete(path);
            case MOVE -> {
                if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || path.equals(other)) return;
                if (other.startsWith(path) || !makeRoom(root, other)) return;
                Files.move(path, other);
            }
            case LINK -> {
                if (makeRoom(root, path)) Files.createSymbolicLink(path, Path.of(edit.text));
            }
            case EXECUTABLE -> {
                if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) return;
                var mode = Files.getPosixFilePermissions(path).size() == 3 ? "rwxr--r--" : "rw-r-----";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
            case FOLDER -> {
                if (makeRoom(root, path)) Files.createDirectory(path);
            }
            default -> throw new AssertionError(edit);
        }
    }

    /** Clears the path and makes its parents, unless one of them is no folder. */
    private static boolean makeRoom(Path root, Path path) throws IOException {
        for (Path parent = path.getParent(); !parent.equals(root); parent = parent.getParent()) {
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        delete(path);
        Files.createDirectories(path.getParent());
        return true;
    }

    /** Type, permissions and content of every path; state and folders' permissions are left out. */
    private static Map<String, String> copy(Path root) throws IOException {
        var copy = new TreeMap<String, String>();
        for (Path path : InPlaceProject.entries(root)) {
            if (path.equals(root) || path.startsWith(TreeWalk.usualState(root))) continue;
            String key = root.relativize(path).toString();
            if (Files.isSymbolicLink(path)) {
                copy.put(key, "link//" + Files.readSymbolicLink(path));
            } else if (Files.isDirectory(path)) {
                copy.put(key, "folder//");
            } else {
                copy.put(key, "file/" + Files.getPosixFilePermissions(path) + "/" + Files.readString(path));
            }
        }
        return copy;
    }

    private static Map<String, Kind> difference(Map<String, String> then, Map<String, String> now) {
        var difference = new TreeMap<String, Kind>();
        then.forEach((path, old) -> {
            String[] a = old.split("/", 3);
            String[] b = now.getOrDefault(path, "absent//").split("/", 3);
            if (b[0].equals("absent")) {
                if (!a[0].equals("folder")) difference.put(path, Kind.DELETED);
            } else if (!a[0].equals(b[0])) {
                difference.put(path, Kind.TYPE_CHANGED);
            } else if (!a[2].equals(b[2])) {
                difference.put(path, Kind.MODIFIED);
            } else if (!a[1].equals(b[1])) {
                difference.put(path, Kind.MODE_CHANGED);
            }
        });
        now.forEach((path, entry) -> {
            if (!then.containsKey(path) && !entry.startsWith("folder")) difference.put(path, Kind.ADDED);
        });
        return difference;
    }

    /** A rename is one path gone and one path new. */
    private static Map<String, Kind> flat(Changes changes) {
        var flat = new TreeMap<String, Kind>();
        for (Change change : changes.files()) {
            boolean renamed = change.kind() == Kind.RENAMED;
            flat.put(change.path(), renamed ? Kind.ADDED : change.kind());
            change.previousPath().ifPresent(from -> flat.put(from, Kind.DELETED));
        }
        return flat;
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        List<Path> entries =
                Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? InPlaceProject.entries(path) : List.of(path);
        for (Path entry : entries.stream().sorted(Comparator.reverseOrder()).toList()) Files.delete(entry);
    }
}
