package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several containers of one session, each with files of its own that the host could not have. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class WithheldFilesTest {
    @TempDir
    private Path folder;

    private PendingStore mine;
    private PendingStore theirs;

    /** A process that says what its container has, and ends without another word. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) {
            PendingStore.open(Path.of(args[0])).withheld().add(List.of(args[1]), Manifest.empty());
            Runtime.getRuntime().halt(0);
        }
    }

    @BeforeEach
    void open() {
        mine = store();
        theirs = store();
    }

    private PendingStore store() {
        return PendingStore.open(folder.resolve("store"));
    }

    private void hold(PendingStore store, String... paths) {
        store.withheld().add(List.of(paths), Manifest.empty());
    }

    private void arrive(PendingStore store, String path) throws IOException {
        Path staging = store.newStaging();
        Files.createDirectories(staging.resolve(path).getParent());
        Files.writeString(staging.resolve(path), "content");
        Path root = Files.createDirectories(folder.resolve("root"));
        store.record(Arrival.read(staging, List.of(), root, CrashingApply.ALL), Manifest.empty());
    }

    private void endAnother(String path) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve("store").toString(),
                        path)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void only_what_nobody_else_has_is_lost_with_a_container() {
        hold(mine, "mine", "both");
        hold(theirs, "theirs", "both");
        assertThat(mine.withheld().lose()).containsExactly("mine");
        assertThat(store().withheld().paths()).containsExactly("both", "theirs");
        assertThat(store().withheld().lost()).containsExactly("mine");
        assertThat(theirs.withheld().lose()).containsExactly("both", "theirs");
        assertThat(theirs.withheld().lose()).isEmpty();
    }

    @Test
    void what_a_process_had_that_ended_may_be_there_until_somebody_looks_for_its_container() throws Exception {
        endAnother("theirs");
        hold(mine, "mine");
        assertThat(mine.withheld().paths()).containsExactly("mine", "theirs");
        assertThat(mine.withheld().loseAbandoned()).containsExactly("theirs");
        assertThat(mine.withheld().paths()).containsExactly("mine");
    }

    @Test
    void who_leaves_has_nothing_any_more() {
        hold(theirs, "theirs", "both");
        hold(mine, "both");
        theirs.withheld().leave();
        assertThat(mine.withheld().paths()).containsExactly("both", "theirs");
        assertThat(mine.withheld().loseAbandoned()).containsExactly("theirs");
    }

    @Test
    void another_version_of_the_same_file_is_still_to_come_when_one_came() throws Exception {
        hold(mine, "d/file", "d/alone");
        hold(theirs, "d/file");
        endAnother("d/alone");
        arrive(mine, "d/alone");
        arrive(mine, "d/file");
        assertThat(store().withheld().paths()).containsExactly("d/file");
        mine.withheld().drop(List.of("d/file"));
        assertThat(store().withheld().paths()).containsExactly("d/file");
        arrive(mine, "d");
        assertThat(store().withheld().paths()).containsExactly("d/file");
        arrive(theirs, "d/file");
        assertThat(store().withheld().isEmpty()).isTrue();
    }

    @Test
    void what_is_lost_is_there_again_when_it_is_made_again() throws IOException {
        hold(mine, "made", "held");
        assertThat(mine.withheld().lose()).hasSize(2);
        arrive(theirs, "made");
        hold(theirs, "held");
        assertThat(mine.withheld().lose()).isEmpty();
        assertThat(store().withheld().lost()).isEmpty();
        assertThat(store().withheld().paths()).containsExactly("held");
    }

    @Test
    void who_takes_up_a_container_has_what_was_in_it() throws Exception {
        endAnother("theirs");
        mine.withheld().takeUp();
        assertThat(theirs.withheld().lose()).isEmpty();
        mine.withheld().drop(List.of("theirs"));
        assertThat(store().withheld().isEmpty()).isTrue();
    }

    @Test
    void who_goes_back_to_a_checkpoint_has_what_was_missing_then_and_others_what_they_have() {
        var checkpoint = PendingStore.open(folder.resolve("checkpoint"));
        hold(mine, "then", "both");
        checkpoint.become(mine);
        mine.withheld().drop(List.of("then", "both"));
        hold(mine, "now");
        hold(theirs, "theirs", "both");
        mine.become(checkpoint);
        assertThat(store().withheld().paths()).containsExactly("both", "theirs", "then");
        assertThat(mine.withheld().lose()).containsExactly("then");
    }
}
