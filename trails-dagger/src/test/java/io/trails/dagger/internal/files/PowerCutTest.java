package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is pending when the power goes: there, or told to be torn. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PowerCutTest {
    private final List<String> steps = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path root;
    private PendingStore store;

    @BeforeEach
    void begin() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        store = PendingStore.open(folder.resolve("store"), step -> {
            steps.add(step);
            // As whoever comes after the power cut would find it.
            if (step.startsWith("forced")) steps.add("names " + store.paths());
        });
    }

    private Arrival arrival(String... paths) throws IOException {
        Path staging = store.newStaging();
        for (String path : paths) {
            Files.createDirectories(staging.resolve(path).getParent());
            Files.writeString(staging.resolve(path), "content");
        }
        return Arrival.read(staging, List.of(), root, CrashingApply.ALL);
    }

    private void recordAndTear(String torn, String whole) throws IOException {
        store.record(arrival(torn, whole), Manifest.empty());
        Files.writeString(store.kept(torn).orElseThrow(), "cont");
    }

    @Test
    void contents_are_on_the_disk_before_an_index_that_is_to_hold_names_them() throws IOException {
        store.record(arrival("dir/a"), Manifest.empty());
        store.record(arrival("dir/b"), Manifest.empty());
        store.discard("dir/a");
        assertThat(steps)
                .containsExactly(
                        "arrived",
                        "forced dir/a",
                        "names []",
                        "recorded",
                        "arrived",
                        "forced dir/b",
                        "names [dir, dir/a]",
                        "recorded",
                        "recorded");
    }

    @Test
    void what_a_former_process_left_is_forced_too() throws IOException {
        store.record(arrival("a", "b"), Manifest.empty(), false);
        assertThat(steps).doesNotContain("forced a");
        PendingStore.open(folder.resolve("store"), steps::add).discard("b");
        assertThat(steps).containsSubsequence("forced a", "recorded").doesNotContain("forced b");
    }

    @Test
    void what_a_former_process_forced_is_not_forced_again() throws IOException {
        store.record(arrival("a", "b"), Manifest.empty());
        PendingStore.open(folder.resolve("store"), steps::add).discard("b");
        assertThat(steps).containsOnlyOnce("forced a", "forced b");
    }

    @Test
    void what_comes_back_at_once_is_not_forced_but_what_stays() throws IOException {
        Files.writeString(root.resolve("users"), "the user's");
        Arrival arrival = arrival("users", "comes");
        Applied applied = new HostApplier(root, store).apply(arrival, Manifest.empty(), Mode.WHAT_CAN_BE);
        assertThat(applied.conflicts()).extracting(Skipped::path).containsExactly("users");
        assertThat(steps)
                .containsSubsequence("landed", "forced users", "dropped")
                .doesNotContain("forced comes");
    }

    @Test
    void the_first_change_that_need_not_hold_leaves_one_to_go_back_to() throws IOException {
        store.record(arrival("a"), Manifest.empty(), false);
        Files.write(folder.resolve("store/index-" + store.version()), new byte[0]);
        assertThat(store.paths()).isEmpty();
    }

    @Test
    void a_torn_file_is_told_and_not_brought_back() throws IOException {
        recordAndTear("torn", "whole");
        Applied applied = store.applyAll(root, Mode.WHAT_CAN_BE);
        assertThat(applied.refusals()).extracting(Skipped::path).containsExactly("torn");
        assertThat(applied.refusals().get(0).reason().message()).contains("not whole");
        assertThat(TreeView.of(root)).containsOnlyKeys("whole");
        assertThat(store.paths()).containsExactly("torn");
    }

    @Test
    void a_torn_file_is_not_in_a_container_that_is_made_anew() throws IOException {
        recordAndTear("torn", "whole");
        assertThat(store.overlayInto(folder.resolve("overlay"))).isEmpty();
        assertThat(TreeView.of(folder.resolve("overlay"))).isEqualTo(Map.of("whole", "f644 content"));
    }

    @Test
    void a_torn_file_is_not_exported() throws IOException {
        recordAndTear("torn", "whole");
        Path copy = Files.createDirectory(folder.resolve("export"));
        assertThatThrownBy(() -> store.exportInto(copy))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failure -> assertThat(failure.code()).isEqualTo("dagger.export-failed"))
                .hasMessageContaining("torn");
        assertThat(TreeView.of(copy)).isEmpty();
    }

    @Test
    void a_torn_file_is_rescued_apart() throws IOException {
        recordAndTear("dir/torn", "whole");
        Path rescue = folder.resolve("rescue");
        assertThat(store.rescueTo(rescue))
                .containsExactlyInAnyOrder(rescue.resolve("torn/dir/torn"), rescue.resolve("files/whole"));
        assertThat(TreeView.of(rescue))
                .containsEntry("torn/dir/torn", "f644 cont")
                .containsEntry("files/whole", "f644 content")
                .doesNotContainKey("files/dir/torn");
    }

    @Test
    void a_torn_file_stays_one_in_a_checkpoint() throws IOException {
        recordAndTear("torn", "whole");
        var checkpoint = PendingStore.open(folder.resolve("checkpoint"));
        checkpoint.become(store);
        assertThat(checkpoint.applyAll(root, Mode.WHAT_CAN_BE).refusals())
                .extracting(Skipped::path)
                .containsExactly("torn");
    }
}
