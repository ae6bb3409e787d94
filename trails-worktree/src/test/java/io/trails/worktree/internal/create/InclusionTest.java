package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.removal.IncludedFiles;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InclusionTest {
    @TempDir
    Path scratch;

    private Scene scene;
    private TestRepository repository;
    private WorkspaceRequest request;

    @BeforeEach
    void a_repository_with_ignored_files() throws IOException {
        scene = Scene.in(scratch);
        repository = scene.repository();
        repository.write(".gitignore", ".env*\n*.x\nsecrets/\nbuild/\n*.link\n").commit("ignore");
        repository
                .write(".env", "KEY=1\n")
                .write("app/.env.local", "KEY=2\n")
                .write("secrets/a b\n\"c\".txt", "s\n")
                .write(":(top)*.env.x", "odd\n");
        repository.write("build/big.bin", "not asked for\n").write("notes.txt", "untracked, not ignored\n");
        request = scene.request("login").build();
    }

    @Test
    void ignored_files_that_the_list_names_come_along_with_their_permissions() throws IOException {
        repository.write(".worktreeinclude", "# what a tree needs\n.env*\n*.x\n!.env.bad\nsecrets/\nnotes.txt\n*.md\n");
        repository.write(".env.bad", "no\n");
        Files.setPosixFilePermissions(repository.path(".env"), PosixFilePermissions.fromString("rw-------"));
        WorktreePlan plan = create();
        assertThat(plan.root().resolve(".env")).hasContent("KEY=1");
        assertThat(Files.getPosixFilePermissions(plan.root().resolve(".env")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(plan.root().resolve("app/.env.local")).hasContent("KEY=2");
        assertThat(plan.root().resolve("secrets/a b\n\"c\".txt")).hasContent("s");
        assertThat(plan.root().resolve(":(top)*.env.x")).hasContent("odd");
        assertThat(plan.root().resolve(".env.bad")).doesNotExist();
        assertThat(plan.root().resolve("notes.txt")).doesNotExist();
        assertThat(plan.root().resolve("build")).doesNotExist();
    }

    @Test
    void what_nobody_else_could_read_nobody_else_can_read_in_the_new_tree() throws IOException {
        repository.write(".worktreeinclude", "secrets/\n").write("secrets/deep/key", "k\n");
        var closed = PosixFilePermissions.fromString("rwx------");
        Files.setPosixFilePermissions(repository.path("secrets"), closed);
        WorktreePlan plan = create();
        assertThat(plan.root().resolve("secrets/deep/key")).hasContent("k");
        assertThat(Files.getPosixFilePermissions(plan.root().resolve("secrets")))
                .isEqualTo(closed);
    }

    @Test
    void what_was_copied_is_remembered() throws IOException {
        repository.write(".worktreeinclude", ".env\n");
        create();
        Map<RepoPath, String> files = IncludedFiles.read(request.directory());
        assertThat(files)
                .containsOnly(Map.entry(
                        RepoPath.of(".env"), "929c28f541260cd8690babe97ae61472829cdf36e059c7b14e6b963f0f9ee77b"));
    }

    @Test
    void without_a_list_nothing_comes_along() throws IOException {
        WorktreePlan plan = create();
        assertThat(plan.root().resolve(".env")).doesNotExist();
        assertThat(request.directory()).isEmptyDirectory();
    }

    @Test
    void links_are_neither_copied_nor_followed() throws IOException {
        Path outside = Files.writeString(scene.scratch().resolve("outside"), "secret of somebody else");
        Files.createSymbolicLink(repository.path("file.link"), outside);
        Files.createSymbolicLink(repository.path("directory.link"), scene.scratch());
        repository.write(".worktreeinclude", "*.link\noutside\n");
        WorktreePlan plan = create();
        assertThat(Files.exists(plan.root().resolve("file.link"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(Files.exists(plan.root().resolve("directory.link"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    /** The commit of the session may have a link where the source now has a directory. */
    @Test
    void a_link_in_the_new_tree_leads_nothing_out() throws IOException {
        Path outside = Files.createDirectories(scene.scratch().resolve("outside"));
        Files.createSymbolicLink(repository.path("conf"), outside);
        repository.commit("a link");
        Files.delete(repository.path("conf"));
        repository.write("conf/.env", "KEY=3\n").write(".worktreeinclude", ".env\n");
        create();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        repository.write(".worktreeinclude", ".env\n");
        WorktreePlan plan = scene.plan(request);
        Path root = Files.createDirectories(scene.scratch().resolve("other"));
        Files.writeString(root.resolve(".env"), "edited");
        new Inclusion(repository.git(), root, request.directory()).run();
        assertThat(root.resolve(".env")).hasContent("edited");
        assertThat(IncludedFiles.read(request.directory())).isEmpty();
        assertThat(plan.root()).doesNotExist();
    }

    private WorktreePlan create() throws IOException {
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        return plan;
    }
}
