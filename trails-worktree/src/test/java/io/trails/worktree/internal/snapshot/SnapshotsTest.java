package io.trails.worktree.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.worktree.fixture.Picture;
import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void init() throws IOException {
        repository = TestRepository.init(directory.resolve("repo"));
        repository
                .write(".gitignore", "*.log\nignored/\n")
                .write("a", "one\n")
                .write("b", "two\n")
                .write("dir/c", "three\n");
        repository.commit("first");
    }

    private Snapshot take() {
        return new Snapshots(SessionTrees.inPlace(repository)).take();
    }

    private List<String> names(String tree) {
        return repository.git().run("ls-tree", "-r", "-z", "--name-only", tree).fields().stream()
                .map(RepoPath::text)
                .toList();
    }

    private String content(String tree, String path) {
        return repository.git("cat-file", "blob", tree + ":" + path);
    }

    @Test
    void a_clean_tree_is_its_commit() {
        Snapshot snapshot = take();

        assertThat(snapshot.clean()).isTrue();
        assertThat(snapshot.tree()).isEqualTo(repository.git("rev-parse", "HEAD^{tree}"));
        assertThat(snapshot.head()).contains(repository.git("rev-parse", "HEAD"));
    }

    @Test
    void it_holds_what_git_add_would_and_the_index_as_it_is() throws IOException {
        repository.write("a", "staged\n").git("add", "a");
        repository
                .write("a", "later\n")
                .write("new file", "x")
                .write("x.log", "log")
                .write("ignored/y", "y");
        Files.delete(repository.path("b"));
        String index = repository.git("write-tree");
        var before = Picture.of(repository.git());
        byte[] file = Files.readAllBytes(repository.path(".git/index"));

        Snapshot snapshot = take();

        assertThat(Files.readAllBytes(repository.path(".git/index"))).isEqualTo(file);
        assertThat(Picture.of(repository.git())).isEqualTo(before);
        assertThat(snapshot.clean()).isFalse();
        assertThat(snapshot.indexTree()).isEqualTo(index);
        repository.git("add", "-A");
        assertThat(snapshot.tree()).isEqualTo(repository.git("write-tree"));
        assertThat(names(snapshot.tree())).containsExactly(".gitignore", "a", "dir/c", "new file");
    }

    @Test
    void files_and_directories_and_links_may_take_each_others_places() throws IOException {
        Files.delete(repository.path("a"));
        repository.write("a/now/a/directory", "x");
        Files.delete(repository.path("dir/c"));
        Files.delete(repository.path("dir"));
        Files.createSymbolicLink(repository.path("dir"), Path.of("a"));
        Files.setPosixFilePermissions(repository.path("b"), PosixFilePermissions.fromString("rwxr-xr-x"));

        Snapshot snapshot = take();

        repository.git("add", "-A");
        assertThat(snapshot.tree()).isEqualTo(repository.git("write-tree"));
    }

    @Test
    void a_repository_without_commits_has_snapshots() throws IOException {
        var fresh = TestRepository.init(directory.resolve("fresh"));
        var snapshots = new Snapshots(SessionTrees.inPlace(fresh));
        assertThat(snapshots.take().clean()).isTrue();
        fresh.write("x", "x");

        Snapshot snapshot = snapshots.take();

        assertThat(snapshot.head()).isEmpty();
        assertThat(snapshot.clean()).isFalse();
        String commit = snapshots.commit(snapshot, "kept");
        assertThat(fresh.git("ls-tree", "-r", "--name-only", commit)).isEqualTo("x");
        assertThat(fresh.git("rev-list", "--parents", "-1", commit).split(" ")).hasSize(2);
        assertThat(fresh.path(".git/index")).doesNotExist();
    }

    @Test
    void a_repository_inside_is_named_and_no_link_to_it_is_made() throws IOException {
        TestRepository.init(directory.resolve("repo/inner"), directory.resolve("home"))
                .write("f", "f")
                .commit("inner");
        TestRepository.init(directory.resolve("repo/new/inner"), directory.resolve("home"))
                .write("g", "g");
        repository.write("new/file", "x");

        Snapshot snapshot = take();

        assertThat(snapshot.left()).map(RepoPath::text).containsExactly("inner/", "new/inner/");
        assertThat(names(snapshot.tree())).containsExactly(".gitignore", "a", "b", "dir/c", "new/file");
        assertThat(snapshot.clean()).isFalse();
    }

    @Test
    void a_file_that_became_a_repository_is_gone_and_the_repository_named() throws IOException {
        Files.delete(repository.path("a"));
        TestRepository.init(directory.resolve("repo/a"), directory.resolve("home"))
                .write("f", "f")
                .commit("inner");

        Snapshot snapshot = take();

        assertThat(snapshot.left()).map(RepoPath::text).containsExactly("a/");
        assertThat(names(snapshot.tree())).containsExactly(".gitignore", "b", "dir/c");
    }

    @Test
    void a_submodule_with_changes_of_its_own_is_named() throws IOException {
        var other = TestRepository.init(directory.resolve("other"), directory.resolve("home"));
        other.write("f", "f").commit("other");
        repository.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                other.directory().toString(),
                "sub");
        repository.commit("with submodule");
        assertThat(take().clean()).isTrue();
        repository.write("sub/f", "changed");

        Snapshot snapshot = take();

        assertThat(snapshot.left()).map(RepoPath::text).containsExactly("sub/");
        assertThat(snapshot.sameAsHead()).isTrue();
        try (Stream<Path> files = Files.walk(repository.path("sub"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        assertThat(names(take().tree())).doesNotContain("sub");
    }

    @Test
    void the_stages_of_an_unmerged_index_are_kept() throws IOException {
        repository.git("branch", "other");
        repository.write("a", "ours\n").commit("ours");
        repository.git("checkout", "-q", "other");
        repository.write("a", "theirs\n").commit("theirs");
        repository.tryGit("merge", "-q", "main");
        repository.write("new", "x");
        var snapshots = new Snapshots(SessionTrees.inPlace(repository));

        Snapshot snapshot = snapshots.take();

        assertThat(snapshot.stages()).isPresent();
        String stages = snapshot.stages().orElseThrow();
        assertThat(names(stages)).containsExactly("1/a", "2/a", "3/a");
        assertThat(content(stages, "1/a") + content(stages, "2/a") + content(stages, "3/a"))
                .isEqualTo("onetheirsours");
        assertThat(content(snapshot.tree(), "a")).contains("<<<<<<<");
        assertThat(content(snapshot.indexTree(), "a")).isEqualTo("theirs");
        String commit = snapshots.commit(snapshot, "kept");
        assertThat(repository.git("rev-parse", commit + "^3^{tree}")).isEqualTo(stages);
        assertThat(repository.git("ls-files", "-u")).isNotEmpty();
    }

    @Test
    void files_that_are_only_announced_are_taken_and_not_staged() throws IOException {
        repository.write("soon", "soon\n").git("add", "-N", "soon");

        Snapshot snapshot = take();

        assertThat(snapshot.intended()).map(RepoPath::text).containsExactly("soon");
        assertThat(content(snapshot.tree(), "soon")).isEqualTo("soon");
        assertThat(snapshot.indexTree()).isEqualTo(snapshot.headTree());
    }

    @Test
    void files_that_a_sparse_checkout_leaves_out_are_not_deleted() throws IOException {
        repository.git("sparse-checkout", "set", "--no-cone", "/a", "/.gitignore");
        assertThat(repository.path("b")).doesNotExist();
        repository.write("a", "changed\n");

        Snapshot snapshot = take();

        assertThat(names(snapshot.tree())).containsExactly(".gitignore", "a", "b", "dir/c");
    }

    @Test
    void a_sparse_index_is_no_obstacle() throws IOException {
        repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "other");
        repository.write("a", "changed\n").write("other/x", "x");

        assertThat(names(take().tree())).containsExactly(".gitignore", "a", "b", "dir/c", "other/x");
    }

    @Test
    void what_is_hidden_from_git_is_taken_only_on_request() throws IOException {
        repository.git("update-index", "--assume-unchanged", "a");
        repository.git("update-index", "--skip-worktree", "b");
        repository.write("a", "hidden a\n").write("b", "hidden b\n");
        var snapshots = new Snapshots(SessionTrees.inPlace(repository));

        assertThat(snapshots.take().clean()).isTrue();

        String tree = snapshots.takeHiddenToo().tree();
        assertThat(content(tree, "a") + content(tree, "b")).isEqualTo("hidden ahidden b");
        assertThat(repository.git("ls-files", "-v")).contains("h a").contains("S b");
    }

    @Test
    void a_split_index_is_read_and_not_written() throws IOException {
        repository.git("update-index", "--split-index");
        repository.git("config", "core.splitIndex", "true");
        repository.write("a", "changed\n");
        long shared = sharedIndexes();

        assertThat(content(take().tree(), "a")).isEqualTo("changed");
        assertThat(sharedIndexes()).isEqualTo(shared);
    }

    private long sharedIndexes() throws IOException {
        try (var files = Files.list(repository.path(".git"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("sharedindex"))
                    .count();
        }
    }

    @Test
    void odd_configuration_does_not_matter() throws IOException {
        Files.createDirectories(repository.path(".git/bad"));
        for (String hook : List.of("post-index-change", "reference-transaction", "pre-commit", "post-commit")) {
            Path file = repository.path(".git/bad/" + hook);
            Files.writeString(file, "#!/bin/sh\necho " + hook + " >> \"" + repository.path("ran.log") + "\"\nexit 1\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String setting : List.of(
                "core.hooksPath=.git/bad",
                "commit.gpgSign=true",
                "user.signingKey=none",
                "gpg.program=false",
                "core.autocrlf=input",
                "core.safecrlf=true",
                "core.quotePath=true",
                "core.precomposeUnicode=true",
                "user.useConfigOnly=true",
                "status.showUntrackedFiles=no",
                "status.branch=true",
                "status.showStash=true",
                "diff.ignoreSubmodules=all",
                "status.relativePaths=true",
                "diff.noprefix=true",
                "i18n.commitEncoding=ISO-8859-1",
                "core.logAllRefUpdates=always",
                "core.untrackedCache=true",
                "index.version=4",
                "log.showSignature=true",
                "core.whitespace=cr-at-eol",
                "diff.renames=copies")) {
            int equals = setting.indexOf('=');
            repository.git(
                    "-c",
                    "core.hooksPath=/dev/null",
                    "config",
                    setting.substring(0, equals),
                    setting.substring(equals + 1));
        }
        repository.write("crlf", "one\r\ntwo\r\n").write("name\nwith \"quotes\" é", "x");
        var checkpoints = new Checkpoints(SessionTrees.inPlace(repository));

        var checkpoint = checkpoints.checkpoint("é 文");
        Files.delete(repository.path("crlf"));
        checkpoints.restore(checkpoint);

        assertThat(checkpoints.list()).hasSize(2).first().isEqualTo(checkpoint);
        assertThat(names(checkpoint.id())).contains("crlf");
        assertThat(repository.path("crlf")).exists();
        assertThat(repository.path("ran.log")).doesNotExist();
    }

    @Test
    void no_identity_is_needed() throws IOException {
        var environment = new HashMap<>(repository.environment());
        environment.keySet().removeIf(name -> name.startsWith("GIT_AUTHOR") || name.startsWith("GIT_COMMITTER"));
        var anonymous = TestRepository.at(repository.directory(), environment);
        anonymous.git("config", "user.useConfigOnly", "true");
        anonymous.write("a", "changed");
        var snapshots = new Snapshots(SessionTrees.inPlace(anonymous));

        String commit = snapshots.commit(snapshots.take(), "kept");

        assertThat(anonymous.git("log", "-1", "--format=%ae %ce", commit))
                .isEqualTo("trails@trails.invalid trails@trails.invalid");
    }

    @Test
    void a_change_in_the_same_tick_as_the_index_is_seen() throws IOException {
        FileTime time = Files.getLastModifiedTime(repository.path(".git/index"));
        Path file = repository.path("a");
        repository.git("config", "core.trustctime", "false");
        Files.setLastModifiedTime(file, time);
        repository.git("update-index", "--refresh");
        Files.setLastModifiedTime(repository.path(".git/index"), time);
        try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write("eno\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(file, time);

        assertThat(content(take().tree(), "a")).isEqualTo("eno");
    }

    @Test
    void what_is_trails_own_is_left_out_but_its_settings() throws IOException {
        repository
                .write(".trails/state.json", "{}")
                .write(".trails/settings.json", "{}")
                .write(".trailsx", "x");

        Snapshot snapshot = new Snapshots(SessionTrees.inPlace(repository, ".trails/")).take();

        assertThat(names(snapshot.tree()))
                .contains(".trails/settings.json", ".trailsx")
                .doesNotContain(".trails/state.json");
    }

    @Test
    void a_preview_leaves_no_object_in_the_repository() throws IOException {
        repository.write("a", "only looked at\n");
        var tree = SessionTrees.inPlace(repository);
        String before = repository.git("count-objects");
        String id;
        try (var scratch = ScratchObjects.of(tree.repository())) {
            id = new Snapshots(tree).in(scratch).take().tree();
            var call = scratch.on(GitCall.of("cat-file", "blob", id + ":a"));
            assertThat(repository.git().run(call).text()).isEqualTo("only looked at");
        }

        assertThat(repository.git("count-objects")).isEqualTo(before);
        assertThat(repository.tryGit("cat-file", "-e", id).ok()).isFalse();
    }

    @Test
    void scratch_objects_work_for_repositories_with_odd_paths() throws IOException {
        var odd = TestRepository.init(directory.resolve("a:b \"c\\d"), directory.resolve("home"));
        odd.write("a", "one").commit("first");
        odd.write("a", "two");
        var tree = SessionTrees.inPlace(odd);
        try (var scratch = ScratchObjects.of(tree.repository())) {
            assertThat(new Snapshots(tree).in(scratch).take().clean()).isFalse();
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_a_failure_and_not_a_loss() throws IOException {
        repository.git("config", "filter.broken.clean", "false");
        repository.git("config", "filter.broken.required", "true");
        repository.write(".gitattributes", "*.big filter=broken\n").write("x.big", "big");

        assertThatThrownBy(this::take).isInstanceOf(GitFailedException.class);
    }

    @Test
    void a_big_file_is_no_obstacle() throws IOException {
        repository.git("config", "core.bigFileThreshold", "1k");
        repository.write("big", "x".repeat(1 << 20));

        assertThat(repository.git("cat-file", "-s", take().tree() + ":big")).isEqualTo("1048576");
    }
}
