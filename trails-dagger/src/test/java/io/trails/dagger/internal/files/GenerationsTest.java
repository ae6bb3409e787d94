package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who changes an index is overtaken by others at the worst moment. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GenerationsTest {
    private static final Generations.Preparation FORCED = (next, forced) -> {};

    @TempDir
    private Path folder;

    private static PendingIndex with(PendingIndex index, String path, String arrival) {
        var entries = new TreeMap<>(index.entries());
        entries.put(path, new Pending(path, Optional.of(FileType.FILE), 0644, 1, arrival, Optional.empty()));
        return index.with(entries);
    }

    @Test
    void what_others_made_of_a_change_is_not_undone_by_the_same_change() {
        var others = new Generations(folder, FORCED);
        change(others, true, "before");
        var overtaken = new AtomicBoolean();
        var mine = new Generations(folder, FORCED, () -> {
            if (overtaken.getAndSet(true)) return;
            var unused = others.update(false, index -> with(index, "file", "later"));
        });
        PendingIndex after = mine.update(false, index -> with(index, "file", "earlier"));
        assertThat(after).isEqualTo(others.read());
        assertThat(after.entries().get("file").arrival()).isEqualTo("later");
    }

    @Test
    void a_number_that_was_free_again_is_given_up() {
        var others = new Generations(folder, FORCED);
        var mine = new Generations(folder, FORCED);
        var overtaken = new AtomicBoolean();
        PendingIndex after = mine.update(false, index -> {
            if (!overtaken.getAndSet(true)) {
                for (String path : List.of("one", "two")) {
                    var unused = others.update(false, now -> with(now, path, "theirs"));
                }
            }
            return with(index, "file", "mine");
        });
        assertThat(after.entries()).containsOnlyKeys("file", "one", "two");
        assertThat(others.read()).isEqualTo(after);
    }

    private static void change(Generations index, boolean durable, String path) {
        var unused = index.update(durable, now -> with(now, path, "arrival"));
    }

    @Test
    void what_a_power_cut_tears_leaves_what_was_to_outlive_it() throws IOException {
        var index = new Generations(folder, FORCED);
        change(index, true, "kept");
        for (String path : List.of("one", "two", "three")) change(index, false, path);
        assertThat(folder).isDirectoryNotContaining("glob:**index-{2,3}");
        Files.write(folder.resolve("index-4"), new byte[0]);
        assertThat(index.read().entries()).containsOnlyKeys("kept");
        long torn = index.version();
        change(index, false, "later");
        assertThat(index.read().entries()).containsOnlyKeys("kept", "later");
        assertThat(index.version()).isGreaterThan(torn);
        change(index, true, "durable");
        assertThat(folder).isDirectoryContaining("glob:**index-6").isDirectoryNotContaining("glob:**index-{1,4,5}");
    }

    @Test
    void before_the_first_change_that_need_not_hold_there_is_one_that_does() throws IOException {
        var forced = new ArrayList<PendingIndex>();
        var index = new Generations(folder, (next, before) -> forced.add(next));
        change(index, false, "first");
        assertThat(forced).isEmpty();
        Files.write(folder.resolve("index-2"), new byte[0]);
        assertThat(index.read()).isEqualTo(PendingIndex.empty());
        change(index, true, "second");
        assertThat(forced).containsExactly(index.read());
    }

    @Test
    void what_was_to_outlive_a_power_cut_and_is_torn_is_not_taken_for_nothing() throws IOException {
        var index = new Generations(folder, FORCED);
        change(index, true, "first");
        Files.write(folder.resolve("index-1"), new byte[0]);
        assertThatThrownBy(index::read)
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failure -> assertThat(failure.code()).isEqualTo("dagger.pending-unusable"));
    }
}
