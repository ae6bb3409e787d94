package io.trails.dagger.internal.files;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bringing changes back from a container. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ApplyTest {
    private static final long ODD = 1_700_000_000_123_456_789L;
    private static final FileSelection ALL = FileSelection.of(List.of(), List.of(), Optional.empty());

    @TempDir
    private Path folder;

    private Path root;
    private Path inside;
    private PendingStore store;
    private Container container;
    private Manifest manifest;

    @BeforeEach
    void begin() throws IOException {
        root = Files.createDirectory(folder.resolve("workspace"));
        inside = folder.resolve("container");
        store = PendingStore.open(folder.resolve("store"));
        container = new Container(inside, ALL);
    }

    private void upload() throws IOException {
        manifest = TreeScan.of(root, ALL, Bounds.usual()).manifest();
        container.upload(root, manifest);
    }

    private Applied bringBack() throws IOException {
        return bringBack(Mode.WHAT_CAN_BE);
    }

    private Applied bringBack(Mode mode) throws IOException {
        Applied applied = new HostApplier(root, store).apply(container.changes(store, root), manifest, mode);
        manifest = manifest.with(applied);
        return applied;
    }

    private void write(Path at, String path, String text) throws IOException {
        Files.createDirectories(at.resolve(path).getParent());
        Files.writeString(at.resolve(path), text);
    }

    private static void chmod(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void assertInStep() {
        Manifest now = TreeScan.of(root, ALL, Bounds.usual()).manifest();
        assertThat(now.paths()).isEqualTo(manifest.paths());
        for (String path : now.paths()) {
            assertThat(manifest.get(path).orElseThrow().sameAs(now.get(path).orElseThrow()))
                    .as(path)
                    .isTrue();
        }
        assertThat(store.isEmpty()).isTrue();
        assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**arrival-*");
    }

    @Test
    void brings_back_exactly_what_changed() throws IOException {
        write(root, "same.txt", "same");
        write(root, "changed.txt", "before");
        write(root, "removed.txt", "removed");
        write(root, "run.sh", "#!/bin/sh");
        write(root, "gone/a", "a");
        write(root, "gone/deep/b", "b");
        upload();
        var untouched = Files.readAttributes(root.resolve("same.txt"), "unix:ino,ctime");

        write(inside, "changed.txt", "after");
        write(inside, "new/deep/file.txt", "new");
        Files.createDirectory(inside.resolve("empty"));
        Files.delete(inside.resolve("removed.txt"));
        chmod(inside.resolve("run.sh"), "rwxr-xr-x");
        PrivateTree.deleteAll(inside.resolve("gone"));
        Applied applied = bringBack();

        assertThat(applied.changes())
                .containsExactly(
                        Change.of("changed.txt", Change.Kind.MODIFIED),
                        Change.of("empty/", Change.Kind.ADDED),
                        Change.of("gone/", Change.Kind.DELETED),
                        Change.of("gone/a", Change.Kind.DELETED),
                        Change.of("gone/deep/", Change.Kind.DELETED),
                        Change.of("gone/deep/b", Change.Kind.DELETED),
                        Change.of("new/", Change.Kind.ADDED),
                        Change.of("new/deep/", Change.Kind.ADDED),
                        Change.of("new/deep/file.txt", Change.Kind.ADDED),
                        Change.of("removed.txt", Change.Kind.DELETED),
                        Change.of("run.sh", Change.Kind.MODE_CHANGED));
        assertThat(applied.isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertThat(Files.readAttributes(root.resolve("same.txt"), "unix:ino,ctime"))
                .isEqualTo(untouched);
        assertInStep();
    }

    @Test
    void turns_every_type_of_file_into_every_other() throws IOException {
        for (String from : List.of("f", "d", "l")) {
            for (String to : List.of("f", "d", "l")) make(root.resolve(from + to), from, "1");
        }
        upload();
        for (String from : List.of("f", "d", "l")) {
            for (String to : List.of("f", "d", "l")) {
                PrivateTree.deleteAll(inside.resolve(from + to));
                make(inside.resolve(from + to), to, "2");
            }
        }
        Applied applied = bringBack();
        assertThat(applied.conflicts()).isEmpty();
        assertThat(applied.refusals()).isEmpty();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertThat(applied.changes())
                .contains(
                        Change.of("fd/", Change.Kind.TYPE_CHANGED),
                        Change.of("df", Change.Kind.TYPE_CHANGED),
                        Change.of("lf", Change.Kind.TYPE_CHANGED),
                        Change.of("ll", Change.Kind.MODIFIED));
        assertInStep();
    }

    private static void make(Path path, String type, String version) throws IOException {
        switch (type) {
            case "f" -> Files.writeString(path, version);
            case "l" -> Files.createSymbolicLink(path, Path.of("/nowhere/" + version));
            default -> Files.writeString(Files.createDirectory(path).resolve("in" + version), version);
        }
    }

    @Test
    void keeps_what_a_user_did_meanwhile_and_the_sessions_version_besides() throws IOException {
        write(root, "both.txt", "before");
        write(root, "edited-removed.txt", "before");
        write(root, "removed-edited.txt", "before");
        write(root, "dir/user.txt", "before");
        upload();
        write(root, "both.txt", "the user's");
        write(root, "edited-removed.txt", "the user's");
        Files.delete(root.resolve("removed-edited.txt"));
        write(root, "dir/new-of-user.txt", "the user's");
        write(root, "both-new.txt", "the user's");
        write(inside, "both.txt", "the session's");
        Files.delete(inside.resolve("edited-removed.txt"));
        write(inside, "removed-edited.txt", "the session's");
        PrivateTree.deleteAll(inside.resolve("dir"));
        write(inside, "both-new.txt", "the session's");

        Applied applied = bringBack();
        assertThat(applied.conflicts())
                .extracting(Skipped::path)
                .containsExactly("both-new.txt", "both.txt", "edited-removed.txt", "removed-edited.txt");
        assertThat(TreeView.of(root))
                .containsOnlyKeys("both.txt", "edited-removed.txt", "dir", "dir/new-of-user.txt", "both-new.txt");
        assertThat(root.resolve("both.txt")).hasContent("the user's");
        assertThat(store.paths())
                .containsExactly("both-new.txt", "both.txt", "edited-removed.txt", "removed-edited.txt");
        Path overlay = folder.resolve("overlay");
        assertThat(store.overlayInto(overlay)).containsExactly("edited-removed.txt");
        assertThat(overlay.resolve("both.txt")).hasContent("the session's");
        assertThat(overlay.resolve("removed-edited.txt")).hasContent("the session's");
    }

    @Test
    void a_conflict_ends_when_the_host_has_caught_up_or_it_is_discarded() throws IOException {
        write(root, "a", "before");
        write(root, "b", "before");
        upload();
        write(root, "a", "user");
        write(root, "b", "user");
        write(inside, "a", "session");
        write(inside, "b", "session");
        assertThat(bringBack().conflicts()).hasSize(2);
        write(inside, "a", "session, later");
        assertThat(bringBack().conflicts()).hasSize(2);
        write(root, "a", "session, later");
        assertThat(store.applyAll(root, Mode.WHAT_CAN_BE).conflicts())
                .extracting(Skipped::path)
                .containsExactly("b");
        store.discard("b");
        assertThat(store.isEmpty()).isTrue();
        assertThat(root.resolve("a")).hasContent("session, later");
        assertThat(root.resolve("b")).hasContent("user");
        assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**arrival-*");
    }

    @Test
    void what_both_made_alike_is_no_change_and_no_conflict() throws IOException {
        upload();
        write(root, "x/a", "same");
        write(inside, "x/a", "same");
        Applied applied = bringBack();
        assertThat(applied.changes()).isEmpty();
        assertThat(applied.isComplete()).isTrue();
        assertThat(applied.stamps()).containsOnlyKeys("x", "x/a");
    }

    @ParameterizedTest
    @CsvSource({"6777, 0775", "4755, 0755", "2644, 0644", "1700, 0700"})
    void drops_bits_that_give_rights_away(String mode, String left) throws Exception {
        upload();
        write(inside, "suid", "x");
        chmodAll(inside.resolve("suid"), mode);
        bringBack();
        assertThat((Integer) Files.getAttribute(root.resolve("suid"), "unix:mode") & 07777)
                .isEqualTo(Integer.parseInt(left, 8));
    }

    private static void chmodAll(Path file, String mode) throws Exception {
        assertThat(new ProcessBuilder("chmod", mode, file.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void links_are_data() throws IOException {
        write(folder, "outside/secret", "secret");
        upload();
        Files.createSymbolicLink(inside.resolve("dangling"), Path.of("no/where"));
        Files.createSymbolicLink(inside.resolve("absolute"), folder.resolve("outside"));
        Files.createSymbolicLink(inside.resolve("up"), Path.of("../../outside/secret"));
        assertThat(bringBack().isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertInStep();
    }

    @Test
    void nothing_is_written_through_a_link() throws IOException {
        write(folder, "outside/file", "outside");
        write(root, "dir/file", "before");
        upload();
        PrivateTree.deleteAll(root.resolve("dir"));
        Files.createSymbolicLink(root.resolve("dir"), folder.resolve("outside"));
        Map<String, String> before = TreeView.of(folder.resolve("outside"));
        write(inside, "dir/file", "evil");
        write(inside, "dir/new", "evil");
        Applied applied = bringBack();
        assertThat(applied.changes()).isEmpty();
        assertThat(applied.conflicts()).extracting(Skipped::path).containsExactly("dir/file", "dir/new");
        assertThat(TreeView.of(folder.resolve("outside"))).isEqualTo(before);
    }

    @Test
    void a_file_removed_below_a_link_stays() throws IOException {
        write(folder, "outside/file", "outside");
        write(root, "dir/file", "before");
        upload();
        PrivateTree.deleteAll(root.resolve("dir"));
        Files.createSymbolicLink(root.resolve("dir"), folder.resolve("outside"));
        Files.delete(inside.resolve("dir/file"));
        assertThat(bringBack().isComplete()).isTrue();
        assertThat(folder.resolve("outside/file")).hasContent("outside");
    }

    @Test
    void all_or_nothing_changes_nothing_where_one_file_conflicts() throws IOException {
        write(root, "a", "before");
        write(root, "b", "before");
        write(root, "c/d", "before");
        upload();
        write(root, "b", "user");
        write(inside, "a", "session");
        write(inside, "b", "session");
        PrivateTree.deleteAll(inside.resolve("c"));
        Map<String, String> before = TreeView.of(root);
        Applied applied = bringBack(Mode.ALL_OR_NOTHING);
        assertThat(applied.changes()).isEmpty();
        assertThat(applied.conflicts()).extracting(Skipped::path).containsExactly("b");
        assertThat(TreeView.of(root)).isEqualTo(before);
        assertThat(store.paths()).containsExactly("a", "b", "c", "c/d");
        assertThat(store.isInterrupted()).isFalse();

        write(root, "b", "session");
        assertThat(store.applyAll(root, Mode.ALL_OR_NOTHING).isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertThat(store.isEmpty()).isTrue();
    }

    @Test
    void all_or_nothing_turns_every_type_into_every_other() throws IOException {
        for (String from : List.of("f", "d", "l")) {
            for (String to : List.of("f", "d", "l")) make(root.resolve(from + to), from, "1");
        }
        upload();
        for (String from : List.of("f", "d", "l")) {
            for (String to : List.of("f", "d", "l")) {
                PrivateTree.deleteAll(inside.resolve(from + to));
                make(inside.resolve(from + to), to, "2");
            }
        }
        assertThat(bringBack(Mode.ALL_OR_NOTHING).isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertInStep();
    }

    @Test
    void changes_of_an_in_place_session_add_up_until_they_are_merged() throws IOException {
        write(root, "a", "before");
        write(root, "dir/b", "before");
        write(root, "dir/c", "before");
        upload();
        Map<String, String> before = TreeView.of(root);
        write(inside, "a", "1");
        write(inside, "new", "1");
        Files.delete(inside.resolve("dir/b"));
        store.record(container.changes(store, root), manifest);
        write(inside, "a", "2");
        Files.delete(inside.resolve("new"));
        PrivateTree.deleteAll(inside.resolve("dir"));
        write(inside, "dir", "a file now");
        store.record(container.changes(store, root), manifest);
        assertThat(TreeView.of(root)).isEqualTo(before);
        assertThat(store.changes())
                .containsExactly(
                        Change.of("a", Change.Kind.MODIFIED),
                        Change.of("dir", Change.Kind.TYPE_CHANGED),
                        Change.of("dir/b", Change.Kind.DELETED),
                        Change.of("dir/c", Change.Kind.DELETED));

        Path copy = folder.resolve("copy");
        TreeView.copy(root, copy);
        store.exportInto(copy);
        assertThat(TreeView.of(copy)).isEqualTo(TreeView.of(inside));
        assertThat(store.rescueTo(folder.resolve("rescue"))).hasSize(3);
        assertThat(folder.resolve("rescue/removed")).hasContent("dir/b\0dir/c\0");

        var again = PendingStore.open(folder.resolve("store"));
        assertThat(again.applyAll(root, Mode.ALL_OR_NOTHING).isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertThat(again.isEmpty()).isTrue();
        assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**arrival-*");
    }

    @Test
    void names_of_every_kind_come_back() throws IOException {
        List<String> names = List.of(
                "new\nline",
                "quote\"'`",
                "-leading",
                "*?[]!#",
                "!bang",
                "#hash",
                " space ",
                "a".repeat(255),
                "é",
                "e\u0301",
                "back\\slash",
                "tab\t",
                "~",
                "$HOME",
                "con",
                "ünïcödé/日本語");
        write(root, "x", "x");
        upload();
        for (String name : names) write(inside, name, name);
        assertThat(bringBack().isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        for (String name : names) write(inside, name, "changed");
        assertThat(bringBack().changes()).hasSize(names.size());
        for (String name : names) Files.delete(inside.resolve(name));
        assertThat(bringBack().isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertInStep();
    }

    @Test
    void what_may_not_come_in_is_listed() throws IOException {
        write(root, ".gitignore", "target/\n*.log\n");
        Files.createDirectories(root.resolve(".git"));
        Path state = Files.createDirectories(root.resolve("state").toAbsolutePath());
        var selection = FileSelection.of(List.of("keep.log"), List.of("private"), Optional.of(state.toRealPath()));
        container = new Container(inside, selection);
        manifest = TreeScan.of(root, selection, Bounds.usual()).manifest();
        container.upload(root, manifest);
        for (String path : List.of(
                ".git/hooks/pre-commit",
                "sub/.GIT/config",
                "a/git~1",
                "b/.g\u200cit/x",
                "state/x",
                "target/x",
                "x.log",
                "keep.log",
                "private/x",
                "fine",
                ".git. /x",
                ".gitmodules")) {
            write(inside, path, "evil");
        }
        Arrival arrival = container.changes(store, root);
        Applied applied = new HostApplier(root, store).apply(arrival, manifest, Mode.WHAT_CAN_BE);
        assertThat(applied.changes()).extracting(Change::path).contains("fine", "keep.log", ".gitmodules");
        assertThat(TreeView.of(root))
                .doesNotContainKeys("target", "x.log", "private", "a/git~1", "sub/.GIT", "state/x", ".git/hooks");
        assertThat(applied.refusals())
                .extracting(skipped -> skipped.path() + " " + skipped.reason().code())
                .contains(
                        ".git dagger.path-git",
                        "sub/.GIT dagger.path-git",
                        "a/git~1 dagger.path-git",
                        "b/.g\u200cit dagger.path-git",
                        ".git.  dagger.path-git",
                        "state dagger.path-state",
                        "target dagger.path-ignored",
                        "x.log dagger.path-ignored",
                        "private dagger.path-ignored");
    }

    @Test
    void impossible_paths_are_refused() {
        Path staging = store.newStaging();
        Arrival arrival = Arrival.read(
                staging, List.of("../x", "/etc/passwd", "a//b", "./a", "a/../../b", "", "a/.git/config"), root, ALL);
        assertThat(arrival.removed()).isEmpty();
        assertThat(arrival.refused()).hasSize(7);
    }

    @Test
    void rules_that_come_along_count() throws IOException {
        write(root, ".gitignore", "old/\n");
        upload();
        write(inside, ".gitignore", "build/\n");
        write(inside, "build/x", "x");
        write(inside, "old/x", "x");
        Arrival arrival = container.changes(store, root);
        assertThat(arrival.changesRules()).isTrue();
        assertThat(arrival.items()).extracting(Arrival.Item::path).containsExactly(".gitignore", "old", "old/x");
        assertThat(arrival.refused()).extracting(Skipped::path).containsExactly("build");
    }

    @Test
    void a_staging_directory_is_released_unless_it_is_recorded() throws IOException {
        Path unused = store.newStaging();
        write(unused, "a/b", "x");
        store.release(unused);
        assertThat(unused).doesNotExist();
        Path recorded = store.newStaging();
        write(recorded, "a", "x");
        store.record(Arrival.read(recorded, List.of(), root, ALL), Manifest.empty());
        store.release(recorded);
        store.release(root);
        assertThat(recorded.resolve("a")).exists();
        assertThat(root).exists();
    }

    @Test
    void permissions_of_a_user_win_where_the_content_is_the_same_and_go_into_the_container() throws IOException {
        write(root, "a", "before");
        upload();
        write(root, "a", "both");
        chmod(root.resolve("a"), "rwxr-xr-x");
        write(inside, "a", "both");
        assertThat(bringBack().isComplete()).isTrue();
        assertThat(Files.getPosixFilePermissions(root.resolve("a")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        Manifest now = TreeScan.of(root, ALL, Bounds.usual()).manifest();
        assertThat(manifest.compare(now).changed()).containsExactly("a");
    }

    @Test
    void an_interrupt_keeps_nothing_from_coming_back() throws IOException {
        write(root, "a", "before");
        upload();
        write(inside, "a", "afters");
        Arrival arrival = container.changes(store, root);
        Thread.currentThread().interrupt();
        Applied applied = new HostApplier(root, store).apply(arrival, manifest, Mode.WHAT_CAN_BE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(applied.isComplete()).isTrue();
        assertThat(root.resolve("a")).hasContent("afters");
        assertThat(store.isEmpty()).isTrue();
    }

    @Test
    void read_only_directories_are_no_obstacle_and_stay_read_only() throws IOException {
        write(root, "dir/changed", "before");
        write(root, "dir/removed", "before");
        chmod(root.resolve("dir"), "r-xr-xr-x");
        upload();
        write(inside, "dir/changed", "after");
        write(inside, "dir/new", "new");
        Files.delete(inside.resolve("dir/removed"));
        write(inside, "closed/file", "new");
        chmod(inside.resolve("closed"), "r-xr-xr-x");
        assertThat(bringBack().isComplete()).isTrue();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("dir"))))
                .isEqualTo("r-xr-xr-x");
    }

    @Test
    void applying_again_changes_nothing() throws IOException {
        write(root, "a", "before");
        upload();
        write(inside, "a", "after");
        bringBack();
        var stamp = Files.readAttributes(root.resolve("a"), "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
        Applied again = bringBack();
        assertThat(again.changes()).isEmpty();
        assertThat(Files.readAttributes(root.resolve("a"), "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(stamp);
    }

    @Test
    void both_names_of_a_file_with_two_can_change() throws IOException {
        for (Mode mode : Mode.values()) {
            for (String name : List.of("one", "gone", "left")) {
                write(root, name + mode, "before");
                Files.createLink(root.resolve("other-" + name + mode), root.resolve(name + mode));
            }
            upload();
            for (String path : List.of("one", "other-one", "other-gone")) write(inside, path + mode, "after" + path);
            Files.delete(inside.resolve("gone" + mode));
            write(inside, "left" + mode, "after");
            Applied applied = bringBack(mode);
            assertThat(applied.isComplete()).as("%s", applied).isTrue();
            assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
            assertThat(store.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_of_one_file_come_as_files_of_their_own(Mode mode) throws IOException {
        write(root, "known", "before");
        upload();
        Path staging = store.newStaging();
        write(staging, "known", "after");
        Files.createLink(staging.resolve("a"), staging.resolve("known"));
        Files.createLink(staging.resolve("z"), staging.resolve("known"));
        Arrival arrival = Arrival.read(staging, List.of(), root, ALL);
        Applied applied = new HostApplier(root, store).apply(arrival, manifest, mode);
        manifest = manifest.with(applied);

        for (String name : List.of("a", "known", "z")) {
            assertThat(root.resolve(name)).hasContent("after");
            assertThat(Files.getAttribute(root.resolve(name), "unix:nlink")).isEqualTo(1);
        }
        // Else the next command would be handed what has just come from its container.
        assertInStep();
    }

    @Test
    void what_was_taken_back_as_not_all_could_come_comes_when_all_can() throws IOException {
        for (String path : List.of("changed", "gone", "mode", "dir/file", "dir/gone", "z/late"))
            write(root, path, "before");
        Files.createDirectories(root.resolve("folder"));
        upload();
        write(inside, "changed", "after");
        write(inside, "dir/file", "after");
        write(inside, "new", "after");
        write(inside, "z/late", "after");
        Files.delete(inside.resolve("gone"));
        Files.delete(inside.resolve("dir/gone"));
        Files.delete(inside.resolve("folder"));
        write(inside, "folder", "now a file");
        chmod(inside.resolve("mode"), "rwxr-xr-x");
        Map<String, String> before = TreeView.of(root);
        Path late = root.resolve("z/late");
        var disturbed = PendingStore.open(folder.resolve("store"), step -> {
            if (!step.equals("applied new")) return;
            try {
                Files.move(late, root.resolve("z/aside"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        disturbed.record(container.changes(disturbed, root), manifest);
        assertThat(disturbed.applyAll(root, Mode.ALL_OR_NOTHING).conflicts())
                .extracting(Skipped::path)
                .containsExactly("z/late");
        Files.copy(inside.resolve("z/late"), late);
        Files.delete(root.resolve("z/aside"));
        before.put("z/late", TreeView.text(late));
        assertThat(TreeView.of(root)).isEqualTo(before);
        Applied again = store.applyAll(root, Mode.ALL_OR_NOTHING);
        assertThat(again.conflicts()).isEmpty();
        assertThat(TreeView.of(root)).isEqualTo(TreeView.of(inside));
    }

    @Test
    void a_directory_that_a_crash_took_before_the_file_came_that_replaces_it_is_no_conflict() throws IOException {
        write(root, "place/file", "before");
        upload();
        PrivateTree.deleteAll(inside.resolve("place"));
        write(inside, "place", "a file");
        store.record(container.changes(store, root), manifest);
        PrivateTree.deleteAll(root.resolve("place"));
        assertThat(store.applyAll(root, Mode.WHAT_CAN_BE).isComplete()).isTrue();
        assertThat(root.resolve("place")).hasContent("a file");
    }

    @Test
    void content_that_a_power_cut_tore_does_not_come() throws IOException {
        write(root, "file", "before");
        upload();
        write(inside, "file", "the sessions");
        store.record(container.changes(store, root), manifest);
        Files.write(store.kept("file").orElseThrow(), new byte[0]);
        for (Mode mode : Mode.values()) {
            assertThat(store.applyAll(root, mode).refusals())
                    .extracting(Skipped::path)
                    .containsExactly("file");
            assertThat(root.resolve("file")).hasContent("before");
        }
        assertThat(store.foresee(root).isComplete()).isFalse();
    }

    @Test
    void only_what_the_host_alone_touched_for_sure_is_no_change_of_the_sessions() throws IOException {
        List<String> names = List.of("users", "removed", "nobodys", "sessions", "mode", "old", "new");
        for (String name : names) write(root, name, "before");
        Files.setLastModifiedTime(root.resolve("old"), FileTime.fromMillis(1_000));
        for (String name : names) {
            if (!name.equals("old")) Files.setLastModifiedTime(root.resolve(name), FileTime.from(ODD, NANOSECONDS));
        }
        awaitSettled();
        upload();
        write(inside, "sessions", "after");
        chmod(inside.resolve("mode"), "rwxr-xr-x");
        for (String name : List.of("users", "sessions", "mode", "old")) write(root, name, "the user's");
        Files.delete(root.resolve("removed"));
        Path staging = store.newStaging();
        for (String name : names) {
            if (name.equals("new")) write(staging, name, "new");
            else Files.copy(inside.resolve(name), staging.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Arrival arrival = Arrival.read(staging, List.of(), root, ALL).withoutUntouched(manifest, root);
        assertThat(arrival.items())
                .extracting(Arrival.Item::path)
                .containsExactlyInAnyOrder("nobodys", "sessions", "mode", "old", "new");
    }

    /** As long as files are as new as a tick of their clock, a stamp says little. */
    private void awaitSettled() {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            Manifest now = TreeScan.of(root, ALL, Bounds.usual()).manifest();
            return now.paths().stream()
                    .noneMatch(path -> now.get(path).orElseThrow().fresh());
        });
    }

    @Test
    void a_pipe_in_the_place_of_a_file_is_the_users_and_stops_nobody() throws Exception {
        write(root, "changed", "before");
        write(root, "gone", "before");
        upload();
        String longest = "n".repeat(255);
        for (String path : List.of("changed", "new", longest + "/" + longest)) write(inside, path, "after");
        Files.delete(inside.resolve("gone"));
        for (String path : List.of("changed", "new", "gone")) {
            Files.deleteIfExists(root.resolve(path));
            Process process = new ProcessBuilder("mkfifo", root.resolve(path).toString()).start();
            assertThat(process.waitFor(20, SECONDS)).isTrue();
        }
        Applied applied = bringBack();
        assertThat(applied.conflicts()).extracting(Skipped::path).containsExactly("changed", "gone", "new");
        assertThat(root.resolve(longest).resolve(longest)).hasContent("after");
        assertThat(store.applyAll(root, Mode.ALL_OR_NOTHING).conflicts()).hasSize(3);
        for (String path : List.of("changed", "new", "gone")) {
            assertThat(Files.readAttributes(root.resolve(path), BasicFileAttributes.class)
                            .isOther())
                    .isTrue();
        }
    }
}
