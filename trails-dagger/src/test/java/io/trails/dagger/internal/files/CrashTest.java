package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that dies while it brings changes back. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CrashTest {
    private static final int NOT_RECORDED = 66;
    private static final int RECORDED = 77;

    @TempDir
    private Path folder;

    private static Process start(Path place, Mode mode, int step) throws IOException {
        return start(place, mode, step, "container");
    }

    static Process start(Path place, Mode mode, int step, String container) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingApply.class.getName(),
                        place.toString(),
                        mode.name(),
                        Integer.toString(step),
                        container)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void write(Path root, String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private Path place(int step, Mode mode) throws IOException {
        Path place = Files.createDirectories(folder.resolve(mode + "-" + step));
        Path start = place.resolve("start");
        for (String path : new String[] {"changed", "gone/a", "mode", "file-to-dir"}) write(start, path, "before");
        if (mode == Mode.WHAT_CAN_BE) write(start, "user.txt", "before");
        TreeView.copy(start, place.resolve("root"));
        Path container = place.resolve("container");
        TreeView.copy(start, container);
        write(container, "changed", "after");
        write(container, "new/b", "after");
        PrivateTree.deleteAll(container.resolve("gone"));
        Permissions.set(container.resolve("mode"), 0755);
        Files.delete(container.resolve("file-to-dir"));
        write(container, "file-to-dir/c", "after");
        Files.createSymbolicLink(container.resolve("link"), Path.of("/nowhere"));
        if (mode == Mode.WHAT_CAN_BE) write(container, "user.txt", "the session's");
        return place;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void at_any_step_the_next_process_finishes(Mode mode) throws Exception {
        int exit = -1;
        for (int step = 1; exit != 0; step++) {
            Path place = place(step, mode);
            Process process = start(place, mode, step);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            exit = process.exitValue();
            assertThat(exit).as("step %s", step).isIn(NOT_RECORDED, RECORDED, 0);
            assertFinished(place, mode, exit == NOT_RECORDED);
        }
    }

    private static void assertFinished(Path place, Mode mode, boolean lost) {
        Path root = place.resolve("root");
        var store = PendingStore.open(place.resolve("store"));
        Applied applied = store.applyAll(root, mode);
        Map<String, String> expected = new TreeMap<>(TreeView.of(place.resolve(lost ? "start" : "container")));
        if (mode == Mode.WHAT_CAN_BE) expected.compute("user.txt", (path, text) -> mode(text) + " the user's");
        assertThat(TreeView.of(root)).isEqualTo(expected);
        assertThat(applied.refusals()).isEmpty();
        assertThat(store.isInterrupted()).isFalse();
        boolean pending = !lost && mode == Mode.WHAT_CAN_BE;
        assertThat(store.paths()).isEqualTo(pending ? Set.of("user.txt") : Set.of());
        if (pending) {
            store.overlayInto(place.resolve("overlay"));
            assertThat(place.resolve("overlay/user.txt")).hasContent("the session's");
        }
        assertThat(store.applyAll(root, mode).changes()).isEmpty();
        assertThat(TreeView.of(root)).isEqualTo(expected);
        if (!pending) assertThat(place.resolve("store")).isDirectoryNotContaining("glob:**{arrival,scratch}-*");
        else assertThat(place.resolve("store")).isDirectoryNotContaining("glob:**scratch-*");
    }

    private static String mode(String text) {
        return text.substring(0, text.indexOf(' '));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void killed_in_the_middle_of_many_files_loses_none(Mode mode) throws Exception {
        Path start = Files.createDirectory(folder.resolve("start"));
        Path root = Files.createDirectory(folder.resolve("root"));
        Path container = folder.resolve("container");
        int files = 3_000;
        for (int i = 0; i < files; i++) write(container, "d" + i % 50 + "/f" + i, "content " + i);
        Process process = start(folder, mode, -1);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(root.resolve("d20/f20")) || !process.isAlive());
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        var store = PendingStore.open(folder.resolve("store"));
        assertThat(store.applyAll(root, mode).isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(container));
        assertThat(store.isEmpty()).isTrue();
        assertThat(TreeView.of(start)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_new_directory_has_its_permissions_as_soon_as_it_is_there(Mode mode) throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        var seen = new TreeMap<String, String>();
        var store = PendingStore.open(folder.resolve("store"), step -> {
            for (String path : Set.of("open", "open/shared", "shut")) {
                if (step.equals("applied " + path)) seen.put(path, mode(root.resolve(path)));
            }
        });
        Path staging = store.newStaging();
        for (String path : new String[] {"open/shared", "shut"}) Files.createDirectories(staging.resolve(path));
        Permissions.set(staging.resolve("open"), 0755);
        Permissions.set(staging.resolve("open/shared"), 0770);
        Permissions.set(staging.resolve("shut"), 0555);
        write(staging, "open/file", "content");
        Arrival arrival = Arrival.read(staging, List.of(), root, CrashingApply.ALL);
        Manifest applied = Manifest.empty().with(new HostApplier(root, store).apply(arrival, Manifest.empty(), mode));
        // As long as something may have to be put into one.
        assertThat(seen).containsExactly(entry("open", "755"), entry("open/shared", "770"), entry("shut", "755"));
        assertThat(mode(root.resolve("shut"))).isEqualTo("555");
        for (String path : seen.keySet()) {
            assertThat(applied.get(path).map(stamp -> Integer.toOctalString(stamp.mode())))
                    .contains(mode(root.resolve(path)));
        }
    }

    private static String mode(Path directory) {
        try {
            return Integer.toOctalString(Permissions.get(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_a_living_process_exports_is_left_alone() {
        var store = PendingStore.open(folder.resolve("store"));
        Path staging = store.newStaging();
        PendingStore.open(folder.resolve("store"));
        assertThat(staging).isDirectory();
    }
}
