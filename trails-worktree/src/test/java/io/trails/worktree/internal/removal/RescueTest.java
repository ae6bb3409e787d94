package io.trails.worktree.internal.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalReport;
import io.trails.worktree.Rescue;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueTest {
    @TempDir
    Path temp;

    private SessionFixture session;

    @BeforeEach
    void create() throws IOException {
        session = SessionFixture.create(temp);
    }

    @AfterEach
    void nothing_is_broken() {
        assertThat(session.project.git("fsck", "--full", "--no-dangling", "--strict")).isEmpty();
    }

    /** Files, what they hold and whether they can be run, and links, by their names' bytes. */
    private static Map<RepoPath, String> picture(Path directory) throws IOException {
        var picture = new TreeMap<RepoPath, String>();
        add(RepoPath.of(""), directory, picture);
        return picture;
    }

    private static void add(RepoPath name, Path path, Map<RepoPath, String> picture) throws IOException {
        if (Files.isSymbolicLink(path)) {
            picture.put(name, "link " + HexFormat.of().formatHex(BytePath.target(path).bytes()));
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> entries = Files.list(path)) {
                for (Path entry : entries.toList()) {
                    RepoPath entryName = BytePath.name(entry);
                    if (!entryName.text().equals(".git")) add(BytePath.join(name, entryName), entry, picture);
                }
            }
        } else {
            String content = HexFormat.of().formatHex(Files.readAllBytes(path));
            picture.put(name, (Files.isExecutable(path) ? "x " : "- ") + content);
        }
    }

    private void assertRescued() throws IOException {
        Map<RepoPath, String> before = picture(session.plan.root());
        RemovalReport report = session.rescue();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.removed()))
                .containsExactly("worktree.rescued", "worktree.branch-removed", "worktree.removed");
        assertThat(session.isGone()).isTrue();
        session.project.git("reflog", "expire", "--expire=now", "--all");
        session.project.git("gc", "-q", "--prune=now");
        Path back = temp.resolve("back");
        session.rescues().recover(session.rescues().list().get(0), back);
        assertThat(picture(back)).isEqualTo(before);
    }

    @Test
    void files_of_all_kinds_come_back_byte_for_byte() throws IOException {
        session.tree.write("a.txt", "staged\n").git("add", "a.txt");
        session.tree.write("a.txt", "and on\n").write("src/b.txt", "").write("quo\"te\n.txt", "q").write("new/x/y", "z");
        Files.write(session.tree.path("binary"), new byte[] {0, 1, 2, (byte) 0xff, '\r', '\n'});
        Files.write(BytePath.resolve(session.plan.root(), RepoPath.of(new byte[] {'n', (byte) 0xff, (byte) 0xe9})), new byte[] {7});
        Files.createSymbolicLink(session.tree.path("dangling"), Path.of("nowhere/at all"));
        Files.createSymbolicLink(session.tree.path("out"), temp);
        assertThat(session.tree.write("run", "#!/bin/sh\n").path("run").toFile().setExecutable(true)).isTrue();
        assertRescued();
    }

    @Test
    void line_ends_that_git_would_change_come_back_as_they_were() throws IOException {
        session.tree.write(".gitattributes", "*.txt text eol=crlf\n").write("a.txt", "one\r\ntwo\nthree\r\n");
        assertRescued();
    }

    @Test
    void ignored_files_come_back() throws IOException {
        session.tree.write(".env", "SECRET=1\n").write("local/deep/data", "d").write("x.log", "");
        Files.write(
                BytePath.resolve(session.tree.path("local"), RepoPath.of(new byte[] {(byte) 0xc3, 'x'})), new byte[] {1});
        Files.createSymbolicLink(session.tree.path("local/link"), Path.of("deep"));
        assertRescued();
    }

    @Test
    void deleted_and_moved_files_are_deleted_and_moved_in_what_comes_back() throws IOException {
        session.tree.git("mv", "src/b.txt", "b.txt");
        Files.delete(session.tree.path("a.txt"));
        assertRescued();
    }

    @Test
    void a_file_where_a_directory_was_comes_back() throws IOException {
        TreeDeletion.delete(session.tree.path("src"));
        session.tree.write("src", "a file now").write("a.tmp", "t");
        Files.delete(session.tree.path("a.txt"));
        session.tree.write("a.txt/inside", "a directory now");
        assertRescued();
    }

    @Test
    void what_was_staged_and_changed_again_is_rescued_too() throws IOException {
        session.tree.write("a.txt", "only staged\n").git("add", "a.txt");
        session.tree.write("a.txt", "on disk\n");
        session.rescue();
        Rescue rescue = session.rescues().list().get(0);
        assertThat(session.project.git("show", rescue.commit() + "^2:a.txt")).isEqualTo("only staged");
        assertThat(session.project.git("show", rescue.commit() + ":a.txt")).isEqualTo("on disk");
    }

    @Test
    void a_conflicted_tree_comes_back() throws IOException {
        session.tree.write("a.txt", "theirs\n").commit("Work");
        session.project.write("a.txt", "ours\n").commit("Other");
        assertThat(session.tree.tryGit("merge", "-q", "main").ok()).isFalse();
        String tip = session.tree.git("rev-parse", "HEAD");
        assertRescued();
        assertThat(session.project.git("cat-file", "-t", tip)).isEqualTo("commit");
    }

    @Test
    void commits_that_nothing_else_leads_to_survive_collection() throws IOException {
        String amended = session.tree.write("c.txt", "1\n").commit("Work");
        session.tree.git("commit", "-q", "--amend", "-m", "Amended");
        session.tree.git("checkout", "-q", "--detach");
        String detached = session.tree.write("d.txt", "2\n").commit("Detached");
        session.tree.git("checkout", "-q", "trails/work");
        session.tree.git("update-ref", "refs/worktree/mine", detached);
        session.tree.write("a.txt", "stashed\n").git("stash");
        String stash = session.project.git("rev-parse", "refs/stash");
        RemovalReport report = session.rescue();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.forgotten())).containsExactly("worktree.stashed");
        session.project.git("stash", "drop", "-q");
        session.project.git("reflog", "expire", "--expire=now", "--all");
        session.project.git("gc", "-q", "--prune=now");
        for (String commit : new String[] {amended, detached, stash}) {
            assertThat(session.project.git("cat-file", "-t", commit)).isEqualTo("commit");
        }
    }

    @Test
    void a_rebase_under_way_is_rescued_with_what_it_set_aside() throws IOException {
        String tip = session.tree.write("a.txt", "theirs\n").commit("Work");
        session.project.write("a.txt", "ours\n").commit("Other");
        session.tree.write("src/b.txt", "set aside\n");
        assertThat(session.tree.tryGit("rebase", "-q", "--autostash", "main").ok()).isFalse();
        String stash = Files.readString(session.plan.gitDirectory().resolve("rebase-merge/autostash")).strip();
        assertThat(session.rescue().kept()).isEmpty();
        session.project.git("gc", "-q", "--prune=now");
        assertThat(session.project.git("show", stash + ":src/b.txt")).isEqualTo("set aside");
        assertThat(session.project.git("cat-file", "-t", tip)).isEqualTo("commit");
    }

    @Test
    void checkpoints_can_be_had_back() throws IOException {
        String checkpoint = session.tree.git("commit-tree", "HEAD^{tree}", "-m", "A checkpoint");
        session.project.git("update-ref", session.plan.refs().checkpoints() + "000001", checkpoint);
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(session.project.git("rev-parse", session.plan.refs().trash() + "1/checkpoint-000001"))
                .isEqualTo(checkpoint);
    }

    @Test
    void a_branch_that_was_made_in_the_session_stays() throws IOException {
        session.tree.git("checkout", "-q", "-b", "feature");
        String tip = session.tree.write("c.txt", "new\n").commit("Work");
        RemovalReport report = session.removeSafely();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.forgotten())).containsExactly("worktree.branch-stays");
        assertThat(session.project.git("rev-parse", "feature")).isEqualTo(tip);
        assertThat(session.hasBranch()).isFalse();
    }

    @Test
    void a_branch_that_is_checked_out_elsewhere_stays() throws IOException {
        session.tree.git("checkout", "-q", "--detach");
        session.project.git("checkout", "-q", "trails/work");
        RemovalReport report = session.removeSafely();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.forgotten())).contains("worktree.branch-elsewhere");
        assertThat(session.project.git("status", "--porcelain", "--branch")).isEqualTo("## trails/work");
    }

    @Test
    void files_too_big_to_be_rescued_are_kept() throws IOException {
        try (var big = new java.io.RandomAccessFile(session.tree.path("x.log").toFile(), "rw")) {
            big.setLength((16 << 20) + 1);
        }
        assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.ignored-too-big");
        assertThat(session.tree.path("x.log")).exists();
    }

    @Test
    void nothing_is_removed_if_something_cannot_be_rescued() throws IOException {
        session.tree.write("new.txt", "untracked\n");
        Path objects = session.plan.commonDirectory().resolve("objects");
        String blob = session.tree.git("hash-object", "new.txt");
        // A file in the place of the directory that the object belongs to: it cannot be written.
        Files.writeString(objects.resolve(blob.substring(0, 2)), "");
        RemovalReport report = session.rescue();
        assertThat(SessionFixture.codes(report.kept())).containsExactly("worktree.git-failed");
        assertThat(session.tree.read("new.txt")).isEqualTo("untracked\n");
        assertThat(session.hasBranch()).isTrue();
        Files.delete(objects.resolve(blob.substring(0, 2)));
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void links_in_the_tree_are_not_followed() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "p");
        Files.createSymbolicLink(session.tree.path("target"), outside);
        Files.createSymbolicLink(session.tree.path("src/link"), outside);
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(outside.resolve("precious")).hasContent("p");
    }

    @Test
    void other_trees_and_the_project_are_as_they_were() throws IOException {
        Path other = temp.resolve("other tree");
        session.project.git("worktree", "add", "-q", "-b", "other", other.toString());
        session.project.write("a.txt", "user's\n").write("mine", "m").git("add", "mine");
        session.tree.write("new.txt", "untracked\n");
        String status = session.project.git("status", "--porcelain=v2", "--branch");
        String others = TestRepository.at(other, session.project.environment()).git("worktree", "list", "--porcelain");
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.project.git("status", "--porcelain=v2", "--branch")).isEqualTo(status);
        String left = session.project.git("worktree", "list", "--porcelain");
        assertThat(others).contains(left.split("\n\n", -1));
        assertThat(left).contains("other tree").doesNotContain("project.trails");
    }
}
