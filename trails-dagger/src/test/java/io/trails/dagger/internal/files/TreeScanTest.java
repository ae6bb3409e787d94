package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What of a workspace goes into a container. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class TreeScanTest {
    @TempDir
    private Path root;

    private static FileSelection selection(List<String> include, List<String> exclude) {
        return FileSelection.of(include, exclude, Optional.empty());
    }

    private static FileSelection all() {
        return selection(List.of(), List.of());
    }

    private TreeScan scan(FileSelection selection) {
        return TreeScan.of(root, selection, Bounds.usual());
    }

    private void write(String path, String... lines) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.write(root.resolve(path), List.of(lines));
    }

    @Test
    void leaves_out_git_and_what_is_ignored_at_every_level() throws IOException {
        write(".git/config");
        write("sub/.git");
        write(".gitignore", "*.log", "/build/", "!keep.log");
        write("a.log");
        write("keep.log");
        write("build/x/y");
        write("sub/build/x");
        write("sub/.gitignore", "only-here", "!b.log");
        write("sub/only-here/x");
        write("sub/b.log");
        write("only-here");
        TreeScan scan = scan(all());
        assertThat(scan.manifest().paths())
                .containsExactly(
                        ".gitignore",
                        "keep.log",
                        "only-here",
                        "sub",
                        "sub/.gitignore",
                        "sub/b.log",
                        "sub/build",
                        "sub/build/x");
        assertThat(scan.excluded()).containsExactlyInAnyOrder(".git", "sub/.git", "a.log", "build", "sub/only-here");
        assertThat(scan.skipped()).isEmpty();
        assertThat(scan.files()).isEqualTo(6);
    }

    @Test
    void what_a_recipe_includes_wins_over_everything_but_git() throws IOException {
        write(".gitignore", "target/", ".env");
        write("target/report/index.html");
        write("target/classes/A.class");
        write("other/target/B.class");
        write(".env");
        write("docs/secret/x");
        write("docs/y");
        TreeScan scan = scan(
                selection(List.of("/target/report/", ".env", "docs/secret/x", ".git"), List.of("docs/secret", "y")));
        assertThat(scan.manifest().paths())
                .containsExactly(
                        ".env",
                        ".gitignore",
                        "docs",
                        "docs/secret",
                        "docs/secret/x",
                        "other",
                        "target",
                        "target/report",
                        "target/report/index.html");
        assertThat(scan.excluded()).containsExactlyInAnyOrder("target/classes", "other/target", "docs/y");
    }

    @Test
    void looks_into_an_ignored_directory_only_for_what_may_be_included() {
        assertThat(Inclusion.of("target/report").mayMatchBelow("target")).isTrue();
        assertThat(Inclusion.of("target/report").mayMatchBelow("node_modules")).isFalse();
        assertThat(Inclusion.of("target/report").mayMatchBelow("a/target")).isFalse();
        assertThat(Inclusion.of("a/**/x").mayMatchBelow("a/b/c")).isTrue();
        assertThat(Inclusion.of("a/**/x").mayMatchBelow("b")).isFalse();
        assertThat(Inclusion.of("*.env").mayMatchBelow("anything")).isTrue();
        assertThat(Inclusion.of("/x").mayMatchBelow("y")).isFalse();
    }

    @Test
    void a_rule_that_would_take_for_ever_is_left_out() throws IOException {
        write(".gitignore", "*a*a*a*a*a*a*a*a*b", "*.log", "a/**/b/*c*");
        write("a".repeat(200));
        write("x.log");
        assertThat(scan(all()).manifest().paths()).containsExactly(".gitignore", "a".repeat(200));
    }

    @Test
    void an_interrupt_does_not_let_in_what_is_ignored() throws IOException {
        write(".gitignore", ".env");
        write(".env", "SECRET=x");
        write("sub/.gitignore", "*.log");
        write("sub/x.log");
        Thread.currentThread().interrupt();
        TreeScan scan = scan(all());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(scan.manifest().paths()).containsExactly(".gitignore", "sub", "sub/.gitignore");
    }

    @Test
    void leaves_out_the_state_of_trails() throws IOException {
        write("state/session/x");
        write("src/state/x");
        write(FileSelection.SCRATCH + "1/x");
        Path state = root.resolve("state").toRealPath();
        TreeScan scan = scan(FileSelection.of(List.of("state"), List.of(), Optional.of(state)));
        assertThat(scan.manifest().paths()).containsExactly("src", "src/state", "src/state/x");
    }

    @Test
    void names_what_cannot_be_uploaded() throws Exception {
        write("fine");
        run("mkfifo", root.resolve("pipe").toString());
        run("sh", "-c", "touch \"$1/$(printf 'bad\\377name')\"", "sh", root.toString());
        write("bad-other-name");
        write(".Git/config");
        TreeScan scan = scan(all());
        assertThat(scan.manifest().paths()).containsExactly("fine");
        assertThat(scan.skipped())
                .extracting(skipped -> skipped.reason().code())
                .containsExactlyInAnyOrder(
                        "dagger.special-file", "dagger.name-unreadable", "dagger.name-alike", "dagger.path-git");
        assertThat(scan.excluded()).containsExactlyInAnyOrder("pipe", "bad*name", ".Git");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void follows_no_links() throws IOException {
        write("dir/x");
        Files.createSymbolicLink(root.resolve("loop"), Path.of("."));
        Files.createSymbolicLink(root.resolve("out"), Path.of("/"));
        Files.createSymbolicLink(root.resolve("dir/.gitignore"), Path.of("/etc/passwd"));
        TreeScan scan = scan(all());
        assertThat(scan.manifest().paths()).containsExactly("dir", "dir/.gitignore", "dir/x", "loop", "out");
        assertThat(scan.manifest().get("out").orElseThrow().type()).isEqualTo(FileType.SYMLINK);
    }

    @Test
    void refuses_what_is_too_big_and_says_what_is_biggest() throws IOException {
        for (int i = 0; i < 20; i++) write("many/" + i);
        write("small");
        write("big.bin", "x".repeat(3000));
        assertThatThrownBy(() -> TreeScan.of(root, all(), new Bounds(1 << 20, 10, 1 << 20, 10)))
                .isInstanceOf(TrailsException.class)
                .hasMessageContaining("more than the 10 files")
                .hasMessageContaining("many/")
                .extracting("code")
                .isEqualTo("dagger.workspace-too-big");
        assertThatThrownBy(() -> TreeScan.of(root, all(), new Bounds(2000, 100, 2000, 100)))
                .hasMessageContaining("upload_limit_mb")
                .hasMessageContaining("big.bin");
        assertThat(TreeScan.of(root, all(), new Bounds(1 << 20, 100, 1 << 20, 10))
                        .warning())
                .hasValueSatisfying(warning -> assertThat(warning.message()).contains("many/"));
        assertThat(scan(all()).warning()).isEmpty();
    }

    @Test
    void a_workspace_that_is_not_there_is_said_to_be_unreadable() {
        assertThatThrownBy(() -> TreeScan.of(root.resolve("absent"), all(), Bounds.usual()))
                .isInstanceOf(TrailsException.class)
                .extracting("code")
                .isEqualTo("dagger.workspace-unreadable");
    }

    @Test
    void compares_two_looks() throws IOException {
        for (String path : List.of("same", "edited", "gone", "dir/a", "dir/deep/b", "dir-c", "type", "mode"))
            write(path);
        settle();
        Manifest before = scan(all()).manifest();
        assertThat(before.compare(scan(all()).manifest()).isEmpty()).isTrue();
        write("edited", "more");
        write("new/x");
        Files.delete(root.resolve("gone"));
        PrivateTree.deleteAll(root.resolve("dir"));
        Files.delete(root.resolve("type"));
        Files.createDirectory(root.resolve("type"));
        Permissions.set(root.resolve("mode"), 0755);
        HostDelta delta = before.compare(scan(all()).manifest());
        assertThat(delta.changed()).containsExactly("edited", "mode", "new", "new/x", "type");
        assertThat(delta.removed()).containsExactly("dir/", "gone", "type");
        HostDelta rest = delta.without(Set.of("edited", "dir/a"));
        assertThat(rest.changed()).containsExactly("mode", "new", "new/x", "type");
        assertThat(rest.removed()).containsExactly("gone", "type");
    }

    /** Files whose stamps are a little older than the tick of the kernel's clock. */
    private void settle() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    Manifest now = scan(all()).manifest();
                    return now.paths().stream()
                            .noneMatch(path -> now.get(path).orElseThrow().fresh());
                });
    }

    @Test
    void a_file_written_right_before_a_look_counts_as_changed_as_its_clock_may_have_stood_still() {
        var fresh = new FileStamp(FileType.FILE, 1, 2, 0644, 3, 4, true);
        var settled = new FileStamp(FileType.FILE, 1, 2, 0644, 3, 4, false);
        Manifest now = Manifest.of(new TreeMap<>(Map.of("a", settled)));
        assertThat(Manifest.of(new TreeMap<>(Map.of("a", fresh))).compare(now).changed())
                .containsExactly("a");
        assertThat(now.compare(now).isEmpty()).isTrue();
    }

    @Test
    void a_file_that_changes_while_it_is_copied_is_left_for_the_next_time() throws IOException {
        write("still", "1");
        write("moving", "1");
        Manifest now = scan(all()).manifest();
        write("moving", "22");
        Files.createDirectories(root.resolve("dir"));
        Staging staging = Staging.copy(
                root,
                new HostDelta(List.of("moving", "still", "vanished"), List.of("moving", "old/")),
                now,
                root.resolve("staging"));
        assertThat(staging.delta().changed()).containsExactly("still");
        assertThat(staging.delta().removed()).containsExactly("old/");
        assertThat(staging.unsettled()).containsExactlyInAnyOrder("moving", "vanished");
        assertThat(TreeView.of(root.resolve("staging"))).containsOnlyKeys("still");
    }

    @Test
    void patterns_mean_one_path_whatever_is_in_its_name() {
        assertThat(UploadPattern.of("plain/a b.txt")).isEqualTo("plain/a b.txt");
        assertThat(UploadPattern.of("*?[x]\\^")).isEqualTo("\\*\\?\\[x\\]\\\\\\^");
        assertThat(UploadPattern.of("!x!")).isEqualTo("\\!x!");
        assertThat(UploadPattern.of(" x\n")).isEqualTo("[ ]x[\n]");
        assertThat(UploadPattern.of("#x")).isEqualTo("#x");
    }

    @Test
    void git_is_known_in_every_disguise() {
        for (String name : List.of(
                ".git",
                ".GIT",
                "git~1",
                "GIT~1",
                ".git.",
                ".git ",
                ".git . .",
                ".gi\u200ct",
                "\ufeff.git",
                ".git::$INDEX_ALLOCATION",
                ".git:x",
                ".git\\x",
                "git~1 ")) {
            assertThat(PathNames.isGit(name)).as(name).isTrue();
        }
        for (String name :
                List.of(".gitignore", ".gitmodules", "git", "git~2", ".github", "x.git", ".git-x", "git~10")) {
            assertThat(PathNames.isGit(name)).as(name).isFalse();
        }
    }
}
