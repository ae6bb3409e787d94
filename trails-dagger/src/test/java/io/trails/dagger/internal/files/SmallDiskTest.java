package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Change;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A workspace or a store on a disk of its own that is too small, which only root can make. */
@EnabledOnOs(OS.LINUX)
class SmallDiskTest {
    private static final int ROOM = 512 * 1024;

    @TempDir
    private Path folder;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk")).toRealPath();
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", disk.toString());
        assumeTrue(mounted, "A small disk cannot be mounted here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) assertThat(run("umount", disk.toString())).isTrue();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static void fill(Path file, int bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }

    private static Manifest scan(Path root) {
        return TreeScan.of(root, CrashingApply.ALL, Bounds.usual()).manifest();
    }

    @Test
    void on_another_file_system_everything_works_as_on_the_same() throws IOException {
        Path root = Files.createDirectory(disk.resolve("root"));
        for (String path : List.of("a", "dir/b", "type/c", "link")) fill(root.resolve(path), 10);
        var store = PendingStore.open(folder.resolve("store"));
        var container = new Container(folder.resolve("container"), CrashingApply.ALL);
        for (Mode mode : Mode.values()) {
            Manifest manifest = scan(root);
            container.upload(root, manifest);
            Path inside = container.files();
            Files.writeString(inside.resolve("a"), mode.name());
            Permissions.set(inside.resolve("a"), 0400);
            PrivateTree.deleteAll(inside.resolve("type"));
            Files.writeString(inside.resolve("type"), mode.name());
            Files.deleteIfExists(inside.resolve("link"));
            Files.createSymbolicLink(inside.resolve("link"), Path.of(mode.name()));
            Files.createDirectories(inside.resolve("new").resolve(mode.name()));
            Files.deleteIfExists(inside.resolve("dir/b"));
            Applied applied = new HostApplier(root, store).apply(container.changes(store, root), manifest, mode);
            assertThat(applied.isComplete()).as("%s", applied).isTrue();
            assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
            assertThat(store.isEmpty()).isTrue();
        }
    }

    @Test
    void what_has_no_room_waits_and_comes_when_there_is_some() throws IOException {
        Path root = Files.createDirectory(disk.resolve("root"));
        fill(root.resolve("replaced"), 1000);
        fill(root.resolve("filler"), ROOM / 2);
        Manifest manifest = scan(root);
        var store = PendingStore.open(folder.resolve("store"));
        var container = new Container(folder.resolve("container"), CrashingApply.ALL);
        container.upload(root, manifest);
        fill(container.files().resolve("large"), ROOM);
        fill(container.files().resolve("replaced"), ROOM);
        fill(container.files().resolve("small"), 1000);
        Applied applied =
                new HostApplier(root, store).apply(container.changes(store, root), manifest, Mode.WHAT_CAN_BE);
        assertThat(applied.changes()).containsExactly(Change.of("small", Change.Kind.ADDED));
        assertThat(applied.refusals()).extracting(Skipped::path).containsExactly("large", "replaced");
        assertThat(root.resolve("replaced")).hasSize(1000);
        assertThat(TreeView.of(root)).containsOnlyKeys("filler", "replaced", "small");
        assertThat(store.paths()).containsExactly("large", "replaced");

        Files.delete(root.resolve("filler"));
        fill(container.files().resolve("large"), 2000);
        fill(container.files().resolve("replaced"), 2000);
        Applied later = new HostApplier(root, store)
                .apply(container.changes(store, root), manifest.with(applied), Mode.WHAT_CAN_BE);
        assertThat(later.isComplete()).isTrue();
        assertThat(root.resolve("replaced")).hasSize(2000);
        assertThat(store.isEmpty()).isTrue();
    }

    @Test
    void all_or_nothing_without_room_for_all_changes_nothing() throws IOException {
        Path root = Files.createDirectory(disk.resolve("root"));
        fill(root.resolve("a"), 1000);
        fill(root.resolve("gone"), 1000);
        Map<String, String> before = TreeView.of(root);
        Manifest manifest = scan(root);
        var store = PendingStore.open(folder.resolve("store"));
        var container = new Container(folder.resolve("container"), CrashingApply.ALL);
        container.upload(root, manifest);
        fill(container.files().resolve("a"), 2000);
        fill(container.files().resolve("large"), ROOM);
        Files.delete(container.files().resolve("gone"));
        Applied applied =
                new HostApplier(root, store).apply(container.changes(store, root), manifest, Mode.ALL_OR_NOTHING);
        assertThat(applied.changes()).isEmpty();
        assertThat(applied.refusals()).hasSize(1);
        assertThat(TreeView.of(root)).isEqualTo(before);
        assertThat(store.paths()).containsExactly("a", "gone", "large");
        assertThat(store.isInterrupted()).isFalse();
    }

    @Test
    void a_store_without_room_says_so_and_the_workspace_is_untouched() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        var store = PendingStore.open(disk.resolve("store"));
        Path staging = store.newStaging();
        for (int i = 0; i < 100; i++) fill(staging.resolve("file-with-a-name-that-takes-room-" + i), 1);
        Arrival arrival = Arrival.read(staging, List.of(), root, CrashingApply.ALL);
        assertThatThrownBy(() -> fill(disk.resolve("filler"), ROOM)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new HostApplier(root, store).apply(arrival, Manifest.empty(), Mode.WHAT_CAN_BE))
                .isInstanceOf(TrailsException.class)
                .extracting("code")
                .isEqualTo("dagger.pending-unusable");
        assertThat(TreeView.of(root)).isEmpty();
        assertThat(TreeView.of(staging)).hasSize(100);
        Files.delete(disk.resolve("filler"));
        assertThat(new HostApplier(root, store)
                        .apply(arrival, Manifest.empty(), Mode.WHAT_CAN_BE)
                        .changes())
                .hasSize(100);
    }
}
