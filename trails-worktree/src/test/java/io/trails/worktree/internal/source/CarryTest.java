package io.trails.worktree.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.worktree.fixture.Picture;
import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.git.GitVersion;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.snapshot.Snapshots;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarryTest {
    @TempDir
    private Path directory;

    private TestRepository source;

    @BeforeEach
    void init() throws IOException {
        source = TestRepository.init(directory.resolve("repo"));
        source.write(".gitignore", "*.log\nignored/\n")
                .write("a", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n")
                .write("b", "two\n")
                .write("dir/c", "three\n")
                .write("mode", "x\n");
        source.commit("first");
    }

    private SessionTree session() throws IOException {
        return SessionTrees.worktree(source, "s", source.git("rev-parse", "HEAD"));
    }

    private Carry carry(SessionTree target) {
        return new Carry(source.git(), Optional.empty(), target);
    }

    /** One of each kind. */
    private void work() throws IOException {
        source.write("a", "staged\n").write("new/staged", "x").git("add", "a", "new/staged");
        source.git("mv", "dir/c", "dir/renamed");
        source.git("rm", "-q", "--cached", "b");
        source.write("a", "later\n")
                .write("untracked \"q\"\nx", "u")
                .write("x.log", "log")
                .write("soon", "soon");
        source.git("add", "-N", "soon");
        Files.write(source.path("binary"), new byte[] {0, 1, 2, (byte) 0xff, 0});
        Files.createSymbolicLink(source.path("link"), Path.of("nowhere"));
        Files.setPosixFilePermissions(source.path("mode"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String codeOf(Throwable failed) {
        return ((TrailsException) failed).code();
    }

    @Test
    void the_target_gets_all_of_it_with_the_split_and_the_source_stays_to_the_byte() throws IOException {
        source.write("a", "stashed").git("stash");
        work();
        SessionTree target = session();
        Files.setLastModifiedTime(source.path(".git/index"), FileTime.fromMillis(1_000_000_000_000L));
        var before = Picture.of(source.git());
        byte[] index = Files.readAllBytes(source.path(".git/index"));
        String refs = source.git("for-each-ref");

        String start = carry(target).carry().orElseThrow();

        assertThat(Picture.of(source.git())).isEqualTo(before);
        assertThat(Files.readAllBytes(source.path(".git/index"))).isEqualTo(index);
        assertThat(Files.getLastModifiedTime(source.path(".git/index")))
                .isEqualTo(FileTime.fromMillis(1_000_000_000_000L));
        assertThat(source.git("for-each-ref")).isEqualTo(refs);
        before.files().remove("x.log");
        assertThat(Picture.of(target.git())).isEqualTo(before);
        assertThat(source.git("rev-parse", start + "^{tree}"))
                .isEqualTo(new Snapshots(target).take().tree());
        assertThat(source.git("rev-parse", start + "^1")).isEqualTo(target.base());
    }

    @Test
    void nothing_to_carry_is_an_answer() throws IOException {
        source.write("x.log", "log");
        assertThat(carry(session()).carry()).isEmpty();
    }

    @Test
    void carrying_again_after_a_crash_gives_the_same() throws IOException {
        work();
        SessionTree target = session();
        carry(target).carry();
        var once = Picture.of(target.git());
        Files.delete(target.root().resolve("binary"));
        Files.writeString(target.root().resolve("a"), "half");
        target.git().run("read-tree", "HEAD");

        carry(target).carry();

        assertThat(Picture.of(target.git())).isEqualTo(once);
    }

    @Test
    void unresolved_conflicts_are_refused_by_name() throws IOException {
        source.git("branch", "other");
        source.write("a", "ours\n").commit("ours");
        source.git("checkout", "-q", "other");
        source.write("a", "theirs\n").commit("theirs");
        source.tryGit("merge", "-q", "main");
        SessionTree target = session();
        var before = Picture.of(target.git());

        assertThatThrownBy(() -> carry(target).carry())
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.source-unmerged"))
                .hasMessageContaining("DirtyPolicy.IGNORE");
        assertThat(Picture.of(target.git())).isEqualTo(before);

        source.write("a", "resolved\n").git("add", "a");
        assertThat(carry(target).carry()).isPresent();
        assertThat(Files.readString(target.root().resolve("a"))).isEqualTo("resolved\n");
    }

    @Test
    void work_is_carried_to_another_base_if_it_applies() throws IOException {
        String old = source.git("rev-parse", "HEAD");
        source.write("a", "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n")
                .write("later", "l")
                .commit("second");
        source.write("a", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
                .write("new", "n")
                .git("add", "new");
        var before = Picture.of(source.git());
        SessionTree target = SessionTrees.worktree(source, "s", old);

        assertThat(carry(target).carry()).isPresent();

        assertThat(Files.readString(target.root().resolve("a"))).isEqualTo("one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n");
        assertThat(target.git().text("status", "--porcelain")).isEqualTo("M a\nA  new");
        assertThat(target.root().resolve("later")).doesNotExist();
        assertThat(Picture.of(source.git())).isEqualTo(before);
    }

    @Test
    void work_that_does_not_apply_to_another_base_is_refused_by_name() throws IOException {
        String old = source.git("rev-parse", "HEAD");
        source.write("a", "ONE\n").commit("second");
        source.write("a", "TWO\n");
        SessionTree target = SessionTrees.worktree(source, "s", old);
        var before = Picture.of(target.git());

        assertThatThrownBy(() -> carry(target).carry())
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.carry-conflict"))
                .hasMessageContaining(": a;");
        assertThat(Picture.of(target.git())).isEqualTo(before);
    }

    @Test
    void an_old_git_carries_to_another_base_file_by_file() throws IOException {
        String old = source.git("rev-parse", "HEAD");
        source.write("b", "B\n").commit("second");
        source.write("dir/c", "C\n").write("new", "n");
        SessionTree target = SessionTrees.worktree(source, "s", old);
        GitProgram program = source.git().program();
        var oldGit = new Git(
                new GitProgram(program.executable(), new GitVersion(2, 31, 0), program.environment()),
                source.directory());

        assertThat(new Carry(oldGit, Optional.empty(), target).carry()).isPresent();
        assertThat(Files.readString(target.root().resolve("dir/c"))).isEqualTo("C\n");

        source.write("b", "BB\n");
        assertThatThrownBy(() -> new Carry(oldGit, Optional.empty(), target).carry())
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.carry-conflict"));
    }

    @Test
    void repositories_inside_the_source_stay_there() throws IOException {
        TestRepository.init(source.path("inner"), directory.resolve("home"))
                .write("f", "f")
                .commit("inner");
        source.write("a", "changed\n");
        SessionTree target = session();

        assertThat(carry(target).carry()).isPresent();

        assertThat(target.root().resolve("inner")).doesNotExist();
        assertThat(source.path("inner/f")).exists();
    }

    @Test
    void moving_leaves_the_source_clean_and_keeps_all_of_it() throws IOException {
        source.write("a", "stashed").git("stash");
        work();
        SessionTree target = session();
        var files = Picture.files(source.directory());
        String index = source.git("write-tree");
        String start = carry(target).carry().orElseThrow();

        String rescue = carry(target).clean(start);

        assertThat(source.git("status", "--porcelain")).isEmpty();
        assertThat(source.read("x.log")).isEqualTo("log");
        assertThat(source.git("stash", "list").lines()).hasSize(1);
        assertThat(source.git("rev-parse", target.refs().trash() + "moved")).isEqualTo(rescue);
        assertThat(source.git("rev-parse", rescue + "^2^{tree}")).isEqualTo(index);
        source.git("read-tree", "-m", "-u", rescue);
        assertThat(Picture.files(source.directory())).isEqualTo(files);
    }

    @Test
    void what_changed_after_it_was_carried_stays_in_the_source() throws IOException {
        work();
        SessionTree target = session();
        String start = carry(target).carry().orElseThrow();
        source.write("a", "even later\n").write("brand new", "n");

        carry(target).clean(start);

        assertThat(source.git("status", "--porcelain")).isEqualTo("M a\n?? \"brand new\"");
        assertThat(source.read("a")).isEqualTo("even later\n");
    }

    @Test
    void moving_again_after_a_crash_finishes() throws IOException {
        work();
        SessionTree target = session();
        String start = carry(target).carry().orElseThrow();
        String rescue = carry(target).clean(start);
        String index = source.git("rev-parse", rescue + "^2");
        source.git("read-tree", index);
        source.write("a", "later\n").write("binary-not", "x");

        assertThat(carry(target).clean(start)).isEqualTo(rescue);

        assertThat(source.git("status", "--porcelain")).isEqualTo("?? binary-not");
    }

    @Test
    void a_commit_or_other_staging_in_between_stops_the_move_before_it_touches_anything() throws IOException {
        work();
        SessionTree target = session();
        String start = carry(target).carry().orElseThrow();
        source.write("other", "x").git("add", "other");
        var before = Picture.of(source.git());

        assertThatThrownBy(() -> carry(target).clean(start))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.source-changed"));
        assertThat(Picture.of(source.git())).isEqualTo(before);
        source.commit("committed");
        assertThatThrownBy(() -> carry(target).clean(start))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.source-changed"));
    }

    @Test
    void an_ignored_file_in_the_place_of_a_deleted_one_stays_when_the_work_moves() throws IOException {
        source.git("rm", "-q", "--cached", "b");
        source.write(".gitignore", "b\n").write("b", "secret\n");
        SessionTree target = session();
        String start = carry(target).carry().orElseThrow();

        String rescue = carry(target).clean(start);

        assertThat(source.read("b")).isEqualTo("secret\n");
        assertThat(source.git("cat-file", "blob", rescue + ":b")).isEqualTo("secret");
    }

    @Test
    void a_session_starts_with_a_checkpoint_of_another() throws IOException {
        SessionTree first = session();
        Files.writeString(first.root().resolve("a"), "agent\n");
        Files.writeString(first.root().resolve("new"), "agent\n");
        Files.delete(first.root().resolve("b"));
        Checkpoint checkpoint = new Checkpoints(first).checkpoint("half way");
        String base = Carry.baseOf(source.git(), checkpoint.id());
        SessionTree second = SessionTrees.worktree(source, "t", base);

        String start = Carry.fork(second, checkpoint.id());

        assertThat(base).isEqualTo(first.base());
        assertThat(Picture.of(second.git())).isEqualTo(Picture.of(first.git()));
        assertThat(source.git("rev-parse", start + "^{tree}"))
                .isEqualTo(source.git("rev-parse", checkpoint.id() + "^{tree}"));
        assertThat(second.git().text("diff", "--cached", "--name-only")).isEmpty();
    }

    @Test
    void a_move_that_cannot_have_the_index_touches_nothing() throws IOException {
        work();
        SessionTree target = session();
        String start = carry(target).carry().orElseThrow();
        Files.createFile(source.path(".git/index.lock"));
        var before = Picture.of(source.git());

        Work work = Work.parse(target.git().text("cat-file", "commit", start)).orElseThrow();
        var cleaning = new Cleaning(source.git(), Optional.empty(), target, Duration.ofMillis(200));
        assertThatThrownBy(() -> cleaning.clean(work))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.source-changed"))
                .hasMessageContaining("index.lock");

        assertThat(Picture.of(source.git())).isEqualTo(before);
        Files.delete(source.path(".git/index.lock"));
        carry(target).clean(start);
        assertThat(source.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_merge_under_way_is_not_moved() throws IOException {
        source.git("branch", "other");
        source.write("a", "ours\n").commit("ours");
        source.git("checkout", "-q", "other");
        source.write("b", "theirs\n").commit("theirs");
        source.git("merge", "-q", "--no-commit", "main");
        SessionTree target = session();
        String start = carry(target).carry().orElseThrow();
        var before = Picture.of(source.git());

        assertThatThrownBy(() -> carry(target).clean(start))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("worktree.operation-under-way"));
        assertThat(Picture.of(source.git())).isEqualTo(before);
    }

    @Test
    void a_submodule_that_moved_stays_where_it_is() throws IOException {
        var other = TestRepository.init(directory.resolve("other"), directory.resolve("home"));
        other.write("f", "f").commit("other");
        source.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                other.directory().toString(),
                "sub");
        source.commit("with submodule");
        TestRepository.at(source.path("sub"), source.environment())
                .write("f", "g")
                .commit("moved");
        source.write("sub/f", "h").write("a", "changed\n");
        SessionTree target = session();
        var before = Picture.of(source.git());

        String start = carry(target).carry().orElseThrow();

        assertThat(Picture.of(source.git())).isEqualTo(before);
        assertThat(source.git("rev-parse", start + "^{tree}"))
                .isEqualTo(new Snapshots(target).take().tree());
        assertThat(target.git().text("status", "--porcelain")).isEqualTo("M a");
        carry(target).clean(start);
        assertThat(source.read("sub/f")).isEqualTo("h");
        assertThat(source.read("a")).startsWith("one\n");
    }

    @Test
    void line_ends_are_carried_as_git_writes_them() throws IOException {
        source.git("config", "core.autocrlf", "true");
        source.write("crlf", "one\r\ntwo\r\n").write("b", "staged\r\n").git("add", "b");
        SessionTree target = session();
        var before = Picture.of(source.git());

        carry(target).carry();

        assertThat(Picture.of(source.git())).isEqualTo(before);
        assertThat(Files.readString(target.root().resolve("crlf"))).isEqualTo("one\r\ntwo\r\n");
        assertThat(Files.readString(target.root().resolve("b"))).isEqualTo("staged\r\n");
        assertThat(target.git().text("status", "--porcelain")).isEqualTo("M  b\n?? crlf");
    }
}
