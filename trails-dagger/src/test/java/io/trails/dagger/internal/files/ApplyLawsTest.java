package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever a user and a container do to a tree at the same time. */
class ApplyLawsTest {
    private static final FileSelection ALL = FileSelection.of(List.of(), List.of(), Optional.empty());
    private static final List<String> NAMES = List.of("a", "b", "c d", "e*");

    /** Writes, links, makes, removes or makes executable. */
    record Edit(String kind, String path, String value) {
        void apply(Path root) throws IOException {
            Path file = root.resolve(path);
            switch (kind) {
                case "write", "link", "make" -> {
                    clearWay(root);
                    if (kind.equals("make") && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) return;
                    PrivateTree.deleteAll(file);
                    if (kind.equals("write")) Files.writeString(file, value);
                    else if (kind.equals("make")) Files.createDirectory(file);
                    else Files.createSymbolicLink(file, Path.of("/nowhere", value));
                }
                case "remove" -> {
                    if (isReachable(root)) PrivateTree.deleteAll(file);
                }
                default -> {
                    boolean regular = isReachable(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                    if (regular) Permissions.set(file, 0755);
                }
            }
        }

        private void clearWay(Path root) throws IOException {
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                Path parent = root.resolve(path.substring(0, end));
                if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) continue;
                Files.deleteIfExists(parent);
                Files.createDirectory(parent);
            }
        }

        private boolean isReachable(Path root) {
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                Path parent = root.resolve(path.substring(0, end));
                if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) return false;
            }
            return true;
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<String> path =
                Arbitraries.of(NAMES).list().ofMinSize(1).ofMaxSize(3).map(way -> String.join("/", way));
        Arbitrary<String> kind = Arbitraries.of("write", "write", "write", "link", "make", "remove", "remove", "mode");
        return Combinators.combine(kind, path, Arbitraries.of("1", "2", "three"))
                .as(Edit::new)
                .list()
                .ofMaxSize(8);
    }

    private static void apply(List<Edit> edits, Path root) throws IOException {
        for (Edit edit : edits) edit.apply(root);
    }

    private static Manifest scan(Path root) {
        return TreeScan.of(root, ALL, Bounds.usual()).manifest();
    }

    @Property(tries = 400)
    void every_file_is_the_containers_or_the_users_with_the_containers_pending(
            @ForAll("edits") List<Edit> before,
            @ForAll("edits") List<Edit> byUser,
            @ForAll("edits") List<Edit> byContainer,
            @ForAll("edits") List<Edit> later)
            throws IOException {
        Path folder = Files.createTempDirectory("trails-law");
        try {
            Path root = Files.createDirectory(folder.resolve("root"));
            var store = PendingStore.open(folder.resolve("store"));
            var container = new Container(folder.resolve("container"), ALL);
            apply(before, root);
            Manifest manifest = scan(root);
            container.upload(root, manifest);
            Map<String, String> start = TreeView.of(root);
            apply(byUser, root);
            apply(byContainer, container.files());
            manifest = bringBack(root, store, container, manifest, start);
            // And once more, over what is pending now, from what the host has in common with the container.
            apply(later, container.files());
            bringBack(root, store, container, manifest, null);
        } finally {
            PrivateTree.deleteAll(folder);
        }
    }

    private static Manifest bringBack(
            Path root, PendingStore store, Container container, Manifest manifest, Map<String, String> start)
            throws IOException {
        Map<String, String> users = TreeView.of(root);
        Map<String, String> sessions = TreeView.of(container.files());
        Arrival arrival = container.changes(store, root);
        Applied applied = new HostApplier(root, store).apply(arrival, manifest, Mode.WHAT_CAN_BE);
        Map<String, String> now = TreeView.of(root);
        assertThat(applied.refusals()).isEmpty();
        Set<String> pending = store.paths();
        assertThat(applied.conflicts()).extracting(Skipped::path).containsExactlyElementsOf(pending);
        var changed = new HashSet<String>();
        for (Change change : applied.changes()) changed.add(Arrival.plain(change.path()));
        var all = new HashSet<String>(users.keySet());
        all.addAll(sessions.keySet());
        all.addAll(now.keySet());
        for (String path : all) {
            String result = now.get(path);
            boolean asUsers = Objects.equals(result, users.get(path));
            boolean asSessions = Objects.equals(result, sessions.get(path));
            assertThat(asUsers || asSessions).as("%s is %s", path, result).isTrue();
            if (!asUsers) assertThat(changed).contains(path);
            if (start == null) continue;
            boolean userTouched = !Objects.equals(start.get(path), users.get(path));
            boolean sessionTouched = !Objects.equals(start.get(path), sessions.get(path));
            if (userTouched && !asSessions)
                assertThat(asUsers).as("the user's %s", path).isTrue();
            // Of permissions alone, the user's win and go to the container.
            boolean sameContent = Objects.equals(content(result), content(sessions.get(path)));
            if (sessionTouched && !sameContent && !"d".equals(result))
                assertThat(pending).contains(path);
        }
        assertOverlay(store, sessions);
        Applied again = store.applyAll(root, Mode.WHAT_CAN_BE);
        assertThat(again.changes()).isEmpty();
        assertThat(TreeView.of(root)).isEqualTo(now);
        return manifest.with(applied);
    }

    private static String content(String text) {
        return text == null ? null : text.replaceFirst("^f[0-7]+", "f");
    }

    /** What is pending is what the container has. */
    private static void assertOverlay(PendingStore store, Map<String, String> sessions) throws IOException {
        Path copy = Files.createTempDirectory("trails-law-overlay");
        try {
            for (String removed : store.overlayInto(copy)) {
                String path = Arrival.plain(removed);
                String there = TreeView.of(copy).get(path);
                assertThat(sessions.get(path)).isEqualTo(there);
            }
            TreeView.of(copy).forEach((path, text) -> assertThat(sessions).containsEntry(path, text));
        } finally {
            PrivateTree.deleteAll(copy);
        }
    }

    @Property(tries = 150)
    void all_or_nothing_is_all_or_nothing(
            @ForAll("edits") List<Edit> before,
            @ForAll("edits") List<Edit> byUser,
            @ForAll("edits") List<Edit> byContainer)
            throws IOException {
        Path folder = Files.createTempDirectory("trails-law");
        try {
            Path root = Files.createDirectory(folder.resolve("root"));
            var store = PendingStore.open(folder.resolve("store"));
            var container = new Container(folder.resolve("container"), ALL);
            apply(before, root);
            Manifest manifest = scan(root);
            container.upload(root, manifest);
            apply(byUser.subList(0, byUser.size() / 4), root);
            apply(byContainer, container.files());
            Map<String, String> users = TreeView.of(root);
            Applied applied =
                    new HostApplier(root, store).apply(container.changes(store, root), manifest, Mode.ALL_OR_NOTHING);
            assertThat(applied.refusals()).isEmpty();
            assertThat(store.isEmpty()).isEqualTo(applied.conflicts().isEmpty());
            if (!applied.isComplete()) assertThat(TreeView.of(root)).isEqualTo(users);
            if (!applied.isComplete()) assertThat(applied.changes()).isEmpty();
        } finally {
            PrivateTree.deleteAll(folder);
        }
    }

    @Property(tries = 150)
    void what_a_user_does_gets_into_the_container(
            @ForAll("edits") List<Edit> before, @ForAll("edits") List<Edit> byUser) throws IOException {
        Path folder = Files.createTempDirectory("trails-law");
        try {
            Path root = Files.createDirectory(folder.resolve("root"));
            var container = new Container(folder.resolve("container"), ALL);
            apply(before, root);
            Manifest manifest = scan(root);
            container.upload(root, manifest);
            apply(byUser, root);
            Manifest now = scan(root);
            Staging staging = Staging.copy(root, manifest.compare(now), now, folder.resolve("staging"));
            assertThat(staging.unsettled()).isEmpty();
            container.take(staging, now);
            assertThat(TreeView.of(container.files())).isEqualTo(TreeView.of(root));
            Manifest after = manifest.with(now, staging.delta());
            assertThat(after.paths()).isEqualTo(now.paths());
            for (String path : now.paths()) {
                assertThat(after.get(path).orElseThrow().sameAs(now.get(path).orElseThrow()))
                        .as(path)
                        .isTrue();
            }
        } finally {
            PrivateTree.deleteAll(folder);
        }
    }
}
