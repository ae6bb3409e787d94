package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody swaps directories for links while files are brought into them. */
@EnabledOnOs(OS.LINUX)
class RaceTest {
    private static final int ROUNDS = 300;

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
        assertThat(TreeView.of(outside)).hasSize(2).containsEntry("sub/old", "f644 outside");
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
