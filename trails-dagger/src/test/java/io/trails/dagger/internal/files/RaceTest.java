package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody swaps directories for links while they are walked, or files are brought into them. */
@EnabledOnOs(OS.LINUX)
class RaceTest {
    private static final int ROUNDS = 300;
    private static final int LOOKS = 500;
    private static final int COPIES = 1_000;

    @TempDir
    private Path folder;

    @Test
    void nothing_gets_out_through_a_link_that_takes_the_place_of_a_directory() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectories(root.resolve("dir/sub"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createDirectory(outside.resolve("sub"));
        Files.writeString(outside.resolve("sub/old"), "outside");
        Map<String, String> before = TreeView.of(outside);
        var store = PendingStore.open(folder.resolve("store"));
        // As if the session knew the file outside, so that only the way to it can keep it from being taken.
        var stamps = new TreeMap<String, FileStamp>();
        for (String path : List.of("dir", "dir/sub")) {
            stamps.put(path, new StampReader(root).read(root.resolve(path)).orElseThrow());
        }
        stamps.put(
                "dir/sub/old",
                new StampReader(root).read(outside.resolve("sub/old")).orElseThrow());
        Manifest base = Manifest.of(stamps);
        var over = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var swapper = new Thread(() -> swap(root, over, failure), "swapper");
        swapper.start();
        try {
            for (int i = 0; i < ROUNDS; i++) bringIn(store, root, base, i);
        } finally {
            over.set(true);
            swapper.join(TimeUnit.SECONDS.toMillis(20));
        }
        assertThat(failure.get()).isNull();
        assertThat(TreeView.of(outside)).isEqualTo(before);
    }

    @Test
    void nothing_outside_is_seen_through_a_link_that_takes_the_place_of_a_directory() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectories(root.resolve("dir/sub"));
        Files.writeString(root.resolve("dir/sub/inside"), "the user's");
        Files.createSymbolicLink(root.resolve("link"), outside);
        for (String name : List.of("sub", "secrets")) {
            Files.createDirectory(outside.resolve(name));
            Files.writeString(outside.resolve(name).resolve("key"), "outside");
        }
        var over = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var swapper = new Thread(() -> swap(root, over, failure), "swapper");
        swapper.start();
        var seen = new TreeSet<String>();
        try {
            for (int i = 0; i < LOOKS; i++) {
                seen.addAll(TreeScan.of(root, CrashingApply.ALL, Bounds.usual())
                        .manifest()
                        .paths());
            }
        } finally {
            over.set(true);
            swapper.join(TimeUnit.SECONDS.toMillis(20));
        }
        assertThat(failure.get()).isNull();
        assertThat(Set.of("aside", "aside/sub", "aside/sub/inside", "dir", "dir/sub", "dir/sub/inside", "link"))
                .containsAll(seen);
    }

    @Test
    void nothing_outside_is_uploaded_through_a_link_that_takes_the_place_of_a_directory() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        for (Path place : List.of(root.resolve("dir/sub"), outside.resolve("sub"))) Files.createDirectories(place);
        Files.writeString(root.resolve("dir/sub/key"), "inside");
        Files.writeString(outside.resolve("sub/key"), "outside");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Manifest now = TreeScan.of(root, CrashingApply.ALL, Bounds.usual()).manifest();
        var delta = new HostDelta(List.of("dir", "dir/sub", "dir/sub/key"), List.of());
        var over = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var swapper = new Thread(() -> swap(root, over, failure), "swapper");
        swapper.start();
        var uploaded = new TreeSet<String>();
        try {
            for (int i = 0; i < COPIES; i++) {
                Staging staging = Staging.copy(root, delta, now, folder.resolve("staging"));
                uploaded.addAll(TreeView.of(staging.directory()).values());
                PrivateTree.deleteAll(staging.directory());
            }
        } finally {
            over.set(true);
            swapper.join(TimeUnit.SECONDS.toMillis(20));
        }
        assertThat(failure.get()).isNull();
        assertThat(Set.of("d", "f644 inside")).containsAll(uploaded);
    }

    @Test
    void what_became_a_link_since_it_was_looked_at_is_not_walked() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createDirectory(root.resolve("dir"));
        Files.createFile(root.resolve("file"));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            TreeWalk.open(entries, root.resolve("dir")).close();
            for (String name : List.of("link", "file")) {
                assertThatThrownBy(() -> TreeWalk.open(entries, root.resolve(name)))
                        .as(name)
                        .isInstanceOf(NotDirectoryException.class);
            }
            assertThatThrownBy(() -> TreeWalk.open(entries, root.resolve("absent")))
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    private Path movedAfterTheFirst(Path root, boolean byLink) throws IOException {
        Files.createDirectories(root.resolve("dir"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        var store = PendingStore.open(folder.resolve("store"), step -> {
            if (step.equals("applied dir/a")) moveAside(root, byLink ? Optional.of(outside) : Optional.empty());
        });
        Manifest base = TreeScan.of(root, CrashingApply.ALL, Bounds.usual()).manifest();
        Path staging = store.newStaging();
        Files.createDirectory(staging.resolve("dir"));
        for (String name : List.of("a", "b"))
            Files.writeString(staging.resolve("dir").resolve(name), name);
        Arrival arrival = Arrival.read(staging, List.of(), root, CrashingApply.ALL);
        Applied applied = new HostApplier(root, store).apply(arrival, base, Mode.WHAT_CAN_BE);
        assertThat(applied.isComplete()).isEqualTo(!byLink);
        assertThat(store.paths()).isEqualTo(byLink ? Set.of("dir/b") : Set.of());
        return outside;
    }

    private static void moveAside(Path root, Optional<Path> link) {
        try {
            Files.move(root.resolve("dir"), root.resolve("aside"));
            if (link.isPresent()) Files.createSymbolicLink(root.resolve("dir"), link.get());
            else Files.createDirectory(root.resolve("dir"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_comes_goes_to_the_directory_that_is_there_and_not_to_the_one_that_was() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        movedAfterTheFirst(root, false);
        assertThat(TreeView.of(root)).containsOnlyKeys("aside", "aside/a", "dir", "dir/b");
    }

    @Test
    void what_comes_waits_where_a_link_took_the_place_of_its_directory() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path outside = movedAfterTheFirst(root, true);
        assertThat(TreeView.of(root)).containsOnlyKeys("aside", "aside/a", "dir");
        assertThat(TreeView.of(outside)).isEmpty();
    }

    private static void bringIn(PendingStore store, Path root, Manifest base, int round) throws IOException {
        Path staging = store.newStaging();
        Files.createDirectories(staging.resolve("dir/sub/made" + round));
        Files.writeString(staging.resolve("dir/sub/new" + round), "the session's");
        Arrival arrival = Arrival.read(staging, List.of("dir/sub/old"), root, CrashingApply.ALL);
        new HostApplier(root, store).apply(arrival, base, Mode.WHAT_CAN_BE);
        for (String path : store.paths()) store.discard(path);
    }

    private static void swap(Path root, AtomicBoolean over, AtomicReference<Throwable> failure) {
        try {
            while (!over.get()) {
                Files.move(root.resolve("dir"), root.resolve("aside"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("link"), root.resolve("dir"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("dir"), root.resolve("link"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("aside"), root.resolve("dir"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }
}
