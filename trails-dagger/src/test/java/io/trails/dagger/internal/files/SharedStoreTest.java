package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several who work with one store at the same time. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SharedStoreTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 40;

    @TempDir
    private Path folder;

    private static Arrival arrival(PendingStore store, Path root, String path, String text) throws IOException {
        Path staging = store.newStaging();
        Files.createDirectories(staging.resolve(path).getParent());
        Files.writeString(staging.resolve(path), text);
        return Arrival.read(staging, List.of(), root, CrashingApply.ALL);
    }

    private void inParallel(Callable<Void> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            var running = new ArrayList<Future<Void>>();
            for (int i = 0; i < THREADS; i++) running.add(threads.submit(work));
            for (Future<Void> one : running) one.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void no_record_is_lost() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        inParallel(() -> {
            var store = PendingStore.open(folder.resolve("store"));
            String name = Thread.currentThread().getName();
            for (int i = 0; i < ROUNDS; i++) store.record(arrival(store, root, name + "/" + i, "x"), Manifest.empty());
            return null;
        });
        var store = PendingStore.open(folder.resolve("store"));
        assertThat(store.paths()).hasSize(THREADS * (ROUNDS + 1));
        assertThat(store.applyAll(root, Mode.ALL_OR_NOTHING).isComplete()).isTrue();
        assertThat(TreeView.of(root)).hasSize(THREADS * (ROUNDS + 1));
        assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**{arrival,scratch}-*");
    }

    @Test
    void all_apply_at_once_and_nothing_is_lost() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        inParallel(() -> {
            var store = PendingStore.open(folder.resolve("store"));
            String name = Thread.currentThread().getName();
            for (int i = 0; i < ROUNDS; i++) {
                new HostApplier(root, store)
                        .apply(arrival(store, root, name + "/" + i, name), Manifest.empty(), Mode.WHAT_CAN_BE);
            }
            return null;
        });
        var store = PendingStore.open(folder.resolve("store"));
        store.applyAll(root, Mode.WHAT_CAN_BE);
        assertThat(store.isEmpty()).isTrue();
        assertThat(TreeView.of(root)).hasSize(THREADS * (ROUNDS + 1));
        assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**{arrival,scratch}-*");
    }

    @Test
    void what_a_process_recorded_that_ends_while_another_tidies_up_is_kept() throws Exception {
        Path store = Files.createDirectory(folder.resolve("store"));
        Path before = Files.createDirectory(store.resolve(ended(Owner.newName("arrival-"))));
        Path meanwhile = store.resolve(ended(Owner.newName("arrival-")));
        new Arrivals(store).deleteAbandoned(() -> {
            try {
                Files.createDirectory(meanwhile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return PendingIndex.empty();
        });
        assertThat(before).doesNotExist();
        assertThat(meanwhile).isDirectory();
    }

    /** The same name of a process that is no more. */
    private static String ended(String name) {
        return name.replaceFirst("^arrival-[0-9a-z]+", "arrival-" + Long.toString(Long.MAX_VALUE, 36));
    }

    @Test
    void two_processes_bring_their_changes_back_through_one_store() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(folder.resolve("start"));
        var expected = new TreeMap<String, String>();
        var processes = new ArrayList<Process>();
        for (String name : List.of("one", "two")) {
            for (int i = 0; i < 300; i++) {
                Path file = folder.resolve(name).resolve("d" + i % 7).resolve(name + i);
                Files.createDirectories(file.getParent());
                Files.writeString(file, name);
            }
            expected.putAll(TreeView.of(folder.resolve(name)));
        }
        for (String name : List.of("one", "two")) {
            processes.add(CrashTest.start(folder, Mode.WHAT_CAN_BE, -1, name));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        var store = PendingStore.open(folder.resolve("store"));
        store.applyAll(root, Mode.WHAT_CAN_BE);
        assertThat(TreeView.of(root)).isEqualTo(expected);
        assertThat(store.isEmpty()).isTrue();
    }
}
