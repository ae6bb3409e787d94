package io.trails.worktree.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.snapshot.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

class RandomChangesTest {
    private static final List<String> NAMES =
            List.of("a", "b", "d/a", "d/b", "d/e/f", "d-x", "A", "new\nline", "\"q\"", "\u00e9", "x.log");

    /** What an agent or a user does next. */
    private record Step(String action, String path, String content) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> actions = Arbitraries.of(
                "write",
                "write",
                "write",
                "write",
                "delete",
                "add",
                "add-all",
                "commit",
                "commit-all",
                "link",
                "exec",
                "move",
                "uncache",
                "reset",
                "branch");
        Arbitrary<String> contents = Arbitraries.of(
                "", "1", "1\n", "1\r\n2\r\n", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\n5\n6\n7\n9\n", "\0b");
        return Combinators.combine(actions, Arbitraries.of(NAMES), contents)
                .as(Step::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(16);
    }

    @Tag("long")
    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void changes_of_many_trees_tell_exactly_what_differs(
            @ForAll("steps") List<Step> before, @ForAll("steps") List<Step> after, @ForAll("steps") List<Step> later)
            throws IOException {
        changes_tell_exactly_what_differs(before, after, later);
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void changes_tell_exactly_what_differs(
            @ForAll("steps") List<Step> before, @ForAll("steps") List<Step> after, @ForAll("steps") List<Step> later)
            throws IOException {
        Path scratch = Files.createTempDirectory("trails-random-");
        try {
            TestRepository repository = TestRepository.init(scratch.resolve("repo"));
            repository.write(".gitignore", "*.log\n").write("a", "1\n2\n3\n").commit("base");
            for (Step step : before) take(repository, step);
            Map<String, String> start = files(repository);
            StartedTree session = StartedTree.of(repository);
            assertThat(session.told()).isEmpty();
            for (Step step : after) take(repository, step);
            check(session, start);
            for (Step step : later) take(repository, step);
            check(session, start);
        } finally {
            delete(scratch);
        }
    }

    private static void check(StartedTree session, Map<String, String> start) throws IOException {
        Map<String, String> now = files(session.repository);
        List<Change> changes = session.changes().changes().files();
        var told = new TreeMap<String, Change.Kind>();
        for (Change change : changes) {
            told.put(change.path(), change.kind() == Change.Kind.RENAMED ? Change.Kind.ADDED : change.kind());
            change.previousPath().ifPresent(path -> told.put(path, Change.Kind.DELETED));
        }
        assertThat(told).isEqualTo(model(start, now));
        assertThat(session.diffs(DiffRequest.all()))
                .extracting(FileDiff::change)
                .isEqualTo(changes);
        assertThat(session.patched())
                .isEqualTo(session.snapshot())
                .isEqualTo(new Snapshots(session.tree).take().tree());
    }

    private static Map<String, Change.Kind> model(Map<String, String> start, Map<String, String> now) {
        var kinds = new TreeMap<String, Change.Kind>();
        Set<String> paths = new TreeSet<>(start.keySet());
        paths.addAll(now.keySet());
        for (String path : paths) {
            String old = start.get(path);
            String file = now.get(path);
            if (old == null) {
                kinds.put(path, Change.Kind.ADDED);
            } else if (file == null) {
                kinds.put(path, Change.Kind.DELETED);
            } else if ((old.charAt(0) == 'l') != (file.charAt(0) == 'l')) {
                kinds.put(path, Change.Kind.TYPE_CHANGED);
            } else if (!old.substring(1).equals(file.substring(1))) {
                kinds.put(path, Change.Kind.MODIFIED);
            } else if (!old.equals(file)) {
                kinds.put(path, Change.Kind.MODE_CHANGED);
            }
        }
        return kinds;
    }

    /** By path, what kind of file and what is in it; of ignored files only those that git tracks. */
    private static Map<String, String> files(TestRepository repository) throws IOException {
        boolean logTracked = !repository.git("ls-files", "x.log").isEmpty();
        var files = new HashMap<String, String>();
        try (Stream<Path> walk = Files.walk(repository.directory())) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                String path = repository.directory().relativize(file).toString();
                if (path.startsWith(".git/") || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) continue;
                if (path.equals("x.log") && !logTracked) continue;
                files.put(path, content(file));
            }
        }
        return files;
    }

    private static String content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) return "l" + Files.readSymbolicLink(file);
        return (Files.isExecutable(file) ? "x" : "f") + Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static void take(TestRepository repository, Step step) throws IOException {
        Path file = repository.path(step.path());
        switch (step.action()) {
            case "write" -> {
                makeWay(repository, file);
                Files.writeString(file, step.content());
            }
            case "delete" -> delete(file);
            case "add" -> repository.tryGit("add", "-f", "--", ":(literal)" + step.path());
            case "add-all" -> repository.git("add", "-A");
            case "commit" -> repository.git("commit", "-q", "--allow-empty", "-m", "step");
            case "commit-all" -> repository.commit("step");
            case "link" -> {
                makeWay(repository, file);
                Files.createSymbolicLink(file, Path.of("1"));
            }
            case "exec" -> {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            case "move" -> {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) Files.move(file, free(repository));
            }
            case "uncache" -> repository.tryGit("rm", "-q", "-r", "--cached", "--", ":(literal)" + step.path());
            case "reset" -> repository.tryGit("reset", "-q", "--soft", "HEAD~1");
            default -> repository.git("checkout", "-q", "--detach");
        }
    }

    private static Path free(TestRepository repository) {
        for (int n = 0; ; n++) {
            Path free = repository.path("moved" + n);
            if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS)) return free;
        }
    }

    /** Whatever is in the way of a file goes. */
    private static void makeWay(TestRepository repository, Path file) throws IOException {
        for (Path parent = file.getParent(); !parent.equals(repository.directory()); parent = parent.getParent()) {
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) Files.delete(parent);
        }
        delete(file);
        Files.createDirectories(file.getParent());
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) return;
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
