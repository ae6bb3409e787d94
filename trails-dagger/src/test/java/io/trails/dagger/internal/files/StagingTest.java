package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Copies of what a user changed, while others work in the same tree. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StagingTest {
    private static final long ODD = 1_700_000_000_123_456_789L;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void begin() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        for (String place : List.of("root/dir", "outside")) Files.createDirectories(folder.resolve(place));
        Files.writeString(root.resolve("dir/key"), "inside");
        Files.writeString(folder.resolve("outside/key"), "outsid");
    }

    private Manifest scan() {
        return TreeScan.of(root, CrashingApply.ALL, Bounds.usual()).manifest();
    }

    private Staging copy(Manifest now, String... paths) {
        return Staging.copy(root, new HostDelta(List.of(paths), List.of()), now, folder.resolve("staging"));
    }

    private void replaceDirectory(boolean byLink) throws IOException {
        Files.move(root.resolve("dir"), root.resolve("aside"));
        if (byLink) Files.createSymbolicLink(root.resolve("dir"), folder.resolve("outside"));
        else Files.createDirectory(root.resolve("dir"));
    }

    private static String read(Folder from, String name) throws IOException {
        try (var in = Channels.newInputStream(from.read(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void copies_are_as_the_files_are() throws IOException {
        Files.setLastModifiedTime(root.resolve("dir/key"), FileTime.from(ODD, TimeUnit.NANOSECONDS));
        Permissions.set(root.resolve("dir/key"), 0540);
        Files.createSymbolicLink(root.resolve("dir/link"), Path.of("/nowhere"));
        Files.createDirectory(root.resolve("empty"));
        Permissions.set(root.resolve("empty"), 0500);
        Staging staging = copy(scan(), "dir", "dir/key", "dir/link", "empty");
        assertThat(staging.unsettled()).isEmpty();
        assertThat(TreeView.of(staging.directory())).isEqualTo(TreeView.of(root));
        FileStamp copied = new StampReader(root)
                .read(staging.directory().resolve("dir/key"))
                .orElseThrow();
        assertThat(copied.modified()).isEqualTo(ODD);
        assertThat(Permissions.get(staging.directory().resolve("empty"))).isEqualTo(0500);
    }

    @Test
    void a_link_in_the_place_of_a_directory_or_a_file_is_not_followed() throws IOException {
        Files.writeString(root.resolve("other"), "inside");
        Files.writeString(root.resolve("still"), "still");
        Manifest now = scan();
        replaceDirectory(true);
        Files.delete(root.resolve("other"));
        Files.createSymbolicLink(root.resolve("other"), folder.resolve("outside/key"));
        Staging staging = copy(now, "dir/key", "other", "still");
        assertThat(staging.unsettled()).containsExactlyInAnyOrder("dir/key", "other");
        assertThat(TreeView.of(staging.directory())).containsOnlyKeys("still");
    }

    @Test
    void a_held_folder_is_read_though_a_link_took_its_place_and_says_that_it_was_moved() throws IOException {
        try (var way = new FolderWay(root)) {
            Folder held = way.to("dir/key");
            assertThat(way.stamp("dir/key")).isPresent();
            replaceDirectory(true);
            assertThat(read(held, "key")).isEqualTo("inside");
            assertThatThrownBy(() -> way.stamp("dir/key")).isInstanceOf(ChangedMeanwhileException.class);
            assertThatThrownBy(() -> way.stamp("dir/absent")).isInstanceOf(ChangedMeanwhileException.class);
        }
    }

    @Test
    void a_held_folder_says_that_something_else_than_a_directory_is_in_its_place() throws IOException {
        try (var way = new FolderWay(root)) {
            assertThat(way.stamp("dir/key")).isPresent();
            Files.move(root.resolve("dir"), root.resolve("aside"));
            Files.createFile(root.resolve("dir"));
            for (String path : List.of("dir/key", "dir/absent")) {
                assertThatThrownBy(() -> way.stamp(path)).isInstanceOf(ChangedMeanwhileException.class);
            }
        }
    }

    @Test
    void what_is_no_link_any_more_counts_as_changed() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("/nowhere"));
        FileStamp seen = scan().get("link").orElseThrow();
        try (var way = new FolderWay(root)) {
            assertThat(way.target("link", seen)).isEqualTo(Path.of("/nowhere"));
            Files.delete(root.resolve("link"));
            assertThatThrownBy(() -> way.target("link", seen)).isInstanceOf(ChangedMeanwhileException.class);
            Files.createFile(root.resolve("link"));
            assertThatThrownBy(() -> way.target("link", seen)).isInstanceOf(ChangedMeanwhileException.class);
        }
    }

    @Test
    void a_file_that_is_not_there_is_not_taken_for_one_in_a_folder_that_was_moved() throws IOException {
        try (var way = new FolderWay(root)) {
            assertThat(way.stamp("dir/absent")).isEmpty();
            replaceDirectory(false);
            assertThatThrownBy(() -> way.stamp("dir/absent")).isInstanceOf(ChangedMeanwhileException.class);
        }
        try (var way = new FolderWay(root)) {
            assertThat(way.stamp("dir/absent")).isEmpty();
            assertThat(way.stamp("dir/key")).isEmpty();
        }
    }

    @Test
    void a_file_that_grows_as_fast_as_it_is_copied_is_copied_as_far_as_it_was_seen() throws IOException {
        long size = Contents.BUFFER + 5;
        try (var growing = new GrowingFile(10 * size);
                Folder to = Folder.open(root)) {
            Contents.copy(growing, to, "copy", size);
        }
        assertThat(root.resolve("copy")).hasSize(size);
    }

    @Test
    void an_interrupt_takes_no_rule_away() throws IOException {
        Files.writeString(root.resolve(".gitignore"), "secret\n");
        Files.writeString(root.resolve("dir/.gitignore"), "key\n");
        Files.writeString(root.resolve("secret"), "secret");
        Thread.currentThread().interrupt();
        Manifest now = scan();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(now.paths()).containsExactly(".gitignore", "dir", "dir/.gitignore");
    }

    @Test
    void no_rules_come_from_behind_a_link() throws IOException {
        Files.writeString(folder.resolve("outside/.gitignore"), "file\n");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("dir/.gitignore"), folder.resolve("outside/.gitignore"));
        FileSelection.Rules rules = CrashingApply.ALL.rules(root);
        for (String path : List.of("link/file", "dir/file", "absent/file")) {
            assertThat(rules.refusal(path, false)).as(path).isEmpty();
        }
    }

    @Test
    void an_interrupted_thread_copies_all_and_stays_interrupted() {
        Manifest now = scan();
        Thread.currentThread().interrupt();
        Staging staging = copy(now, "dir/key");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(staging.unsettled()).isEmpty();
        assertThat(staging.directory().resolve("dir/key")).hasContent("inside");
        assertThat(Files.isRegularFile(staging.directory().resolve("dir/key"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
