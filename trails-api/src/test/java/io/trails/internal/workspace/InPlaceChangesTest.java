package io.trails.internal.workspace;

import static io.trails.internal.workspace.InPlaceProject.codes;
import static io.trails.internal.workspace.InPlaceProject.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trails.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InPlaceChangesTest {
    @TempDir
    Path scratch;

    private InPlaceProject project;

    @BeforeEach
    void set_up() throws IOException {
        project = new InPlaceProject(scratch);
        project.writeOld("README.md", "hello\n");
        project.writeOld("src/deep/Main.java", "class Main {}\n");
        project.writeOld("src/run.sh", "true\n");
    }

    @Test
    void an_untouched_tree_has_no_change_and_no_caveat() {
        project.create();
        assertThat(project.changes().files()).isEmpty();
        assertThat(project.changes().caveats()).isEmpty();
    }

    @Test
    void added_modified_and_deleted_files_are_told_apart() throws IOException {
        project.create();
        project.write("src/new folder/added.txt", "x");
        project.write("src/deep/Main.java", "class Main { int longer; }\n");
        Files.delete(project.path("README.md"));
        assertThat(lines(project.changes()))
                .containsExactly("DELETED README.md", "MODIFIED src/deep/Main.java", "ADDED src/new folder/added.txt");
        assertThat(codes(project.changes())).containsExactly("workspace.no-line-diff");
    }

    @Test
    void a_change_that_keeps_the_size_is_seen() throws IOException {
        project.create();
        project.write("README.md", "jello\n");
        assertThat(lines(project.changes())).containsExactly("MODIFIED README.md");
    }

    @Test
    void a_settled_file_that_only_its_status_time_betrays_is_a_caveat_where_no_hash_was_kept() throws IOException {
        for (int i = 0; i < 200; i++) project.writeOld("many/" + i, "old");
        awaitSettled(project.path("many/199"));
        project.create();
        FileTime then = Files.getLastModifiedTime(project.path("many/0"));
        for (int i = 0; i < 200; i++) Files.setLastModifiedTime(project.write("many/" + i, "new"), then);
        var changes = project.changes();
        assertThat(codes(changes)).contains("workspace.touched");
        assertThat(changes.files())
                .hasSizeLessThan(200)
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(Change.Kind.MODIFIED));
    }

    @Test
    void a_change_whose_author_puts_size_and_time_back_is_seen() throws IOException {
        project.create();
        FileTime then = Files.getLastModifiedTime(project.path("README.md"));
        Files.setLastModifiedTime(project.write("README.md", "jello\n"), then);
        assertThat(lines(project.changes())).containsExactly("MODIFIED README.md");
    }

    @Test
    void a_file_written_in_the_same_tick_as_the_manifest_is_seen_to_change() throws IOException {
        Path racy = project.write("racy.txt", "one");
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(racy, now);
        project.create();
        Files.writeString(racy, "two");
        Files.setLastModifiedTime(racy, now);
        assertThat(lines(project.changes())).containsExactly("MODIFIED racy.txt");
    }

    @Test
    void touching_a_file_of_a_small_tree_is_no_change() throws IOException {
        project.create();
        Files.setLastModifiedTime(project.path("README.md"), FileTime.from(Instant.now()));
        assertThat(project.changes().files()).isEmpty();
        assertThat(project.changes().caveats()).isEmpty();
    }

    @Test
    void touching_files_of_a_large_tree_reports_them_with_a_caveat() throws IOException {
        for (int i = 0; i < 200; i++) project.writeOld("many/" + i, "old");
        awaitSettled(project.path("many/199"));
        project.create();
        for (int i = 0; i < 200; i++)
            Files.setLastModifiedTime(project.path("many/" + i), FileTime.from(Instant.now()));
        var changes = project.changes();
        assertThat(changes.files()).isNotEmpty();
        assertThat(codes(changes)).containsExactly("workspace.content-unknown", "workspace.no-line-diff");
        assertThat(changes.caveats().get(0).message())
                .startsWith(changes.files().size() + " files");
    }

    @Test
    void permissions_alone_are_a_change_of_mode() throws IOException {
        project.create();
        Files.setPosixFilePermissions(project.path("src/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(lines(project.changes())).containsExactly("MODE_CHANGED src/run.sh");
    }

    @Test
    void a_moved_file_is_renamed() throws IOException {
        project.create();
        Files.move(project.path("src/run.sh"), project.path("launch.sh"));
        assertThat(lines(project.changes())).containsExactly("RENAMED src/run.sh -> launch.sh");
    }

    @Test
    void a_moved_folder_renames_the_files_in_it() throws IOException {
        project.create();
        Files.move(project.path("src"), project.path("source"));
        assertThat(lines(project.changes()))
                .containsExactly(
                        "RENAMED src/deep/Main.java -> source/deep/Main.java", "RENAMED src/run.sh -> source/run.sh");
    }

    @Test
    void a_moved_and_rewritten_file_is_deleted_and_added() throws IOException {
        project.create();
        Files.move(project.path("src/run.sh"), project.path("launch.sh"));
        project.write("launch.sh", "something else\n");
        assertThat(lines(project.changes())).containsExactly("ADDED launch.sh", "DELETED src/run.sh");
    }

    @Test
    void a_file_that_becomes_a_link_or_a_folder_changes_its_type() throws IOException {
        project.create();
        Files.delete(project.path("README.md"));
        Files.createSymbolicLink(project.path("README.md"), Path.of("src"));
        Files.delete(project.path("src/run.sh"));
        project.write("src/run.sh/inside", "x");
        assertThat(lines(project.changes()))
                .containsExactly("TYPE_CHANGED README.md", "TYPE_CHANGED src/run.sh", "ADDED src/run.sh/inside");
    }

    @Test
    void a_link_that_points_elsewhere_is_modified_and_never_followed() throws IOException {
        Path outside = Files.createDirectories(scratch.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "x");
        Files.createSymbolicLink(project.path("link"), Path.of("README.md"));
        Files.createSymbolicLink(project.path("same"), Path.of("README.md"));
        project.create();
        Files.delete(project.path("link"));
        Files.createSymbolicLink(project.path("link"), outside);
        Files.delete(project.path("same"));
        Files.createSymbolicLink(project.path("same"), Path.of("README.md"));
        Files.createSymbolicLink(project.path("loop"), project.directory);
        assertThat(lines(project.changes())).containsExactly("MODIFIED link", "ADDED loop");
    }

    @Test
    void another_name_for_the_same_file_is_added_and_the_first_is_not_modified() throws IOException {
        project.create();
        Files.createLink(project.path("hard"), project.path("README.md"));
        assertThat(lines(project.changes())).containsExactly("ADDED hard");
        assertThat(project.changes().caveats()).isEmpty();
    }

    @Test
    void git_and_the_state_directory_are_left_out_but_not_the_settings() throws IOException {
        project.write(".git/index", "x");
        project.write("vendor/lib/.git/HEAD", "x");
        project.create();
        project.write(".git/index", "longer");
        project.write("vendor/lib/.git/HEAD", "longer");
        project.write(".trails/state.json", "{}");
        project.write(".trails/settings.json", "{}");
        project.write("vendor/lib/.gitignore", "*");
        assertThat(lines(project.changes()))
                .containsExactly("ADDED .trails/settings.json", "ADDED vendor/lib/.gitignore");
    }

    @Test
    void pipes_are_never_opened() throws Exception {
        project.create();
        var made = new ProcessBuilder("mkfifo", project.path("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThat(lines(project.changes())).containsExactly("ADDED pipe");
        project.remove();
        project.create();
        assertThat(project.changes().files()).isEmpty();
    }

    @Test
    void an_unreadable_folder_is_a_caveat_and_nothing_in_it_is_reported_as_deleted() throws IOException {
        assumeFalse(Files.isReadable(Path.of("/proc/1/environ")), "root reads every folder");
        project.create();
        var locked = PosixFilePermissions.fromString("---------");
        var open = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(project.path("src/deep"), locked);
        try {
            assertThat(lines(project.changes())).containsExactly("MODE_CHANGED src/deep");
            assertThat(codes(project.changes())).containsExactly("workspace.unreadable");
            project.remove();
            project.create();
        } finally {
            Files.setPosixFilePermissions(project.path("src/deep"), open);
        }
        assertThat(lines(project.changes())).containsExactly("MODE_CHANGED src/deep");
        assertThat(codes(project.changes())).containsExactly("workspace.no-baseline");
    }

    @Test
    void a_deep_tree_is_walked() throws IOException {
        String deep = "d/".repeat(200);
        project.write(deep + "file", "x");
        project.create();
        project.write(deep + "file", "longer");
        assertThat(lines(project.changes())).containsExactly("MODIFIED " + deep + "file");
    }

    /** Files are read when they were written a moment ago; nobody can put back the time of their last status change. */
    private static void awaitSettled(Path file) throws IOException {
        FileStamp stamp = new StampReader(file).read(file);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            return !new Freshness(now).isRecent(stamp);
        });
    }
}
