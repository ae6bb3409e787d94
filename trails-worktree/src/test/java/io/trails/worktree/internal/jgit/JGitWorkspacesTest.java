package io.trails.worktree.internal.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trails.Change;
import io.trails.Change.Kind;
import io.trails.DirtyPolicy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.Availability;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.WorktreeWorkspaceProvider;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** git is used by the test alone: to make repositories, and to say what it thinks of what was made. */
class JGitWorkspacesTest {
    @TempDir
    Path scratch;

    private TestRepository repository;

    @BeforeEach
    void set_up() throws IOException {
        repository = TestRepository.init(scratch.resolve("project"));
        repository.write("a.txt", "a\n").write("src/b.txt", "b\n").write("run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(repository.path("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(repository.path("link"), Path.of("a.txt"));
        repository.write(".gitignore", "*.log\n").commit("start");
    }

    private WorkspaceRequest.Builder request(String id) {
        return WorkspaceRequest.builder(id, repository.directory(), scratch.resolve("own-" + id))
                .environment(Map.of("PATH", "/nowhere", "HOME", scratch.toString()));
    }

    private Session session(String id) {
        WorkspaceRequest request = request(id).build();
        WorktreePlan plan = JGitWorkspaces.plan(request);
        return new Session(request, plan, JGitWorkspaces.create(plan, request));
    }

    private record Session(WorkspaceRequest request, WorktreePlan plan, Workspace workspace) {
        TestRepository tree(TestRepository of) throws IOException {
            return TestRepository.at(plan.root(), of.environment());
        }

        RemovalReport remove() {
            return JGitWorkspaces.remove(plan, request, RemovalPolicy.safe().rescuing());
        }
    }

    @Test
    void git_finds_nothing_wrong_with_what_is_made() throws IOException {
        Session session = session("one");
        TestRepository tree = session.tree(repository);
        assertThat(tree.git("status", "--porcelain")).isEmpty();
        assertThat(tree.git("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("trails/one");
        assertThat(Files.isExecutable(tree.path("run.sh"))).isTrue();
        assertThat(Files.isSymbolicLink(tree.path("link"))).isTrue();
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains("locked trails:" + session.plan().key());
        assertThat(repository.git("fsck", "--strict")).isEmpty();
        assertThat(session.workspace().changes().files()).isEmpty();
        assertThat(session.workspace().capabilities()).isEmpty();
    }

    @Test
    void changes_are_told_by_kind_whether_committed_or_not() throws IOException {
        Session session = session("one");
        TestRepository tree = session.tree(repository);
        tree.write("new file.txt", "new\n").commit("committed");
        tree.write("src/b.txt", "c\n").write("x.log", "ignored\n").write("deep/er/y.txt", "y\n");
        Files.delete(tree.path("a.txt"));
        Files.setPosixFilePermissions(tree.path("run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.delete(tree.path("link"));
        tree.write("link", "a file now\n");

        var changes = session.workspace().changes();

        assertThat(changes.files())
                .containsExactly(
                        Change.of("a.txt", Kind.DELETED),
                        Change.of("deep/er/y.txt", Kind.ADDED),
                        Change.of("link", Kind.TYPE_CHANGED),
                        Change.of("new file.txt", Kind.ADDED),
                        Change.of("run.sh", Kind.MODE_CHANGED),
                        Change.of("src/b.txt", Kind.MODIFIED));
        assertThat(changes.caveats()).extracting(Reason::code).containsExactly("worktree.without-git-renames");
        assertThat(changes.standing().orElseThrow().ahead()).isEqualTo(1);
    }

    @Test
    void a_file_that_became_a_folder_is_both() throws IOException {
        Session session = session("one");
        TestRepository tree = session.tree(repository);
        Files.delete(tree.path("a.txt"));
        tree.write("a.txt/inner", "x\n");
        assertThat(session.workspace().changes().files())
                .containsExactly(Change.of("a.txt", Kind.DELETED), Change.of("a.txt/inner", Kind.ADDED));
    }

    @Test
    void work_that_is_not_committed_is_not_carried_but_named() throws IOException {
        repository.write("a.txt", "edited\n");
        WorkspaceRequest carrying = request("one").build();
        WorktreePlan plan = JGitWorkspaces.plan(carrying);
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> JGitWorkspaces.create(plan, carrying))
                .withMessageContaining("a.txt")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("worktree.git-needed"));
        assertThat(plan.root()).doesNotExist();
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");

        WorkspaceRequest ignoring = request("one").dirty(DirtyPolicy.IGNORE).build();
        JGitWorkspaces.create(JGitWorkspaces.plan(ignoring), ignoring);
        assertThat(repository.read("a.txt")).isEqualTo("edited\n");
    }

    @Test
    void the_provider_turns_to_it_where_there_is_no_git() throws IOException {
        var provider = new WorktreeWorkspaceProvider();
        WorkspaceRequest request = request("one").build();
        assertThat(provider.probe(
                        ProbeContext.of(repository.directory(), request.environment(), Duration.ofSeconds(20))))
                .isInstanceOf(Availability.Available.class);
        Plan plan = provider.plan(request);
        provider.create(plan, request);
        assertThat(provider.open(plan, request).changes().files()).isEmpty();
        assertThat(provider.remove(plan, request, RemovalPolicy.safe()).complete())
                .isTrue();
    }

    @Test
    void what_git_began_is_not_written_over() throws IOException {
        Session session = session("one");
        session.tree(repository).write("a.txt", "carried\n");
        new Entry(session.plan()).reached(Step.CARRIED);
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> JGitWorkspaces.create(session.plan(), session.request()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("worktree.git-needed"));
        assertThat(session.tree(repository).read("a.txt")).isEqualTo("carried\n");
    }

    @Test
    void what_a_crash_left_empty_is_finished() throws IOException {
        WorkspaceRequest request = request("one").build();
        WorktreePlan plan = JGitWorkspaces.plan(request);
        repository.git("branch", plan.branch());
        repository.git("update-ref", plan.refs().start(), plan.base());
        new Entry(plan).register();
        Files.createDirectories(plan.root());
        JGitWorkspaces.create(plan, request);
        assertThat(TestRepository.at(plan.root(), repository.environment()).git("status", "--porcelain"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "core.sparseCheckout, true, part of the files",
        "extensions.partialClone, origin, partial clone",
        "remote.origin.promisor, true, partial clone",
        "extensions.madeUpThing, true, madeUpThing",
        "extensions.refStorage, reftable, tables",
        "extensions.objectFormat, sha256, another hash",
        "core.attributesFile, /etc/attributes, attributes elsewhere",
    })
    void what_jgit_would_misread_is_refused_by_name(String key, String value, String name) throws IOException {
        Files.writeString(
                repository.path(".git/config"),
                "[%s]\n\t%s = %s\n"
                        .formatted(
                                key.startsWith("remote") ? "remote \"origin\"" : key.split("\\.", -1)[0],
                                key.substring(key.lastIndexOf('.') + 1),
                                value),
                StandardOpenOption.APPEND);
        assertRefused(name);
    }

    private void assertRefused(String name) {
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> JGitWorkspaces.plan(request("one").build()))
                .withMessageContaining(name)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("worktree.git-needed"));
    }

    @Test
    void a_real_sha256_repository_is_refused() throws IOException {
        Path other = Files.createDirectories(scratch.resolve("sha256"));
        TestRepository sha256 = TestRepository.at(other, repository.environment());
        sha256.git("init", "-q", "-b", "main", "--object-format=sha256");
        sha256.write("a", "a").commit("start");
        WorkspaceRequest request =
                WorkspaceRequest.builder("one", other, scratch.resolve("own")).build();
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> JGitWorkspaces.plan(request))
                .withMessageContaining("another hash");
    }

    @Test
    void a_tree_configuration_is_refused() {
        repository.git("config", "extensions.worktreeConfig", "true");
        repository.git("config", "--worktree", "user.name", "Somebody");
        assertRefused("configuration for each tree");
    }

    @ParameterizedTest
    @CsvSource({"'*.txt filter=lfs diff=lfs'", "'*.u16 text working-tree-encoding=UTF-16LE'"})
    void converted_files_are_refused(String attributes) throws IOException {
        repository.write("src/.gitattributes", attributes + "\n");
        assertThat(repository.commit("attributes")).isNotEmpty();
        assertRefused("src/.gitattributes");
    }

    @Test
    void a_split_index_is_refused() {
        repository.git("update-index", "--split-index");
        assertRefused("index");
    }

    @Test
    void a_sparse_index_is_refused() throws IOException {
        repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "src");
        repository.git("config", "--worktree", "--unset", "core.sparseCheckout");
        assertRefused("");
    }

    @Test
    void submodules_and_replaced_objects_are_refused() {
        String head = repository.git("rev-parse", "HEAD");
        repository.git("update-index", "--add", "--cacheinfo", "160000," + head + ",module");
        assertRefused("submodule 'module'");
        repository.git("update-index", "--force-remove", "module");
        String other = repository.git("commit-tree", "-m", "other", "HEAD^{tree}");
        repository.git("replace", head, other);
        assertRefused("replaces objects");
    }

    @Test
    void what_holds_nothing_new_is_removed_with_its_branch() {
        Session session = session("one");
        RemovalReport report = session.remove();
        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(session.plan().root()).doesNotExist();
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        assertThat(repository.git("worktree", "list").lines()).hasSize(1);
        assertThat(session.remove().complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"new.txt", "a.txt", "ignored.log", "deep/er/new.txt"})
    void a_file_that_is_nowhere_else_keeps_everything(String file) throws IOException {
        Session session = session("one");
        TestRepository tree = session.tree(repository);
        tree.write(file, "precious\n");
        assertThat(session.remove().complete()).isFalse();
        assertThat(tree.read(file)).isEqualTo("precious\n");
        assertThat(tree.git("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("trails/one");
    }

    @Test
    void a_commit_that_is_or_was_nowhere_else_keeps_everything() throws IOException {
        Session session = session("one");
        TestRepository tree = session.tree(repository);
        tree.write("new.txt", "precious\n").commit("work");
        assertThat(session.remove().complete()).isFalse();
        repository.git("merge", "-q", "--ff-only", "trails/one");
        tree.git("commit", "-q", "--amend", "-m", "amended");
        tree.git("reset", "-q", "--hard", "main");
        assertThat(session.remove().complete()).as("the amended one").isFalse();
        assertThat(tree.read("new.txt")).isEqualTo("precious\n");
    }

    @Test
    void what_was_merged_is_removed() throws IOException {
        Session session = session("one");
        session.tree(repository).write("new.txt", "work\n").commit("work");
        repository.git("merge", "-q", "--ff-only", "trails/one");
        RemovalReport report = session.remove();
        assertThat(report.complete()).as(report.toString()).isTrue();
    }

    @Test
    void a_tree_on_another_branch_or_on_none_is_kept() throws IOException {
        Session session = session("one");
        TestRepository tree = session.tree(repository);
        tree.git("checkout", "-q", "--detach");
        assertThat(session.remove().complete()).isFalse();
        tree.git("checkout", "-q", "-b", "other");
        assertThat(session.remove().complete()).isFalse();
        assertThat(session.plan().root()).exists();
    }

    @Test
    void a_failure_leaves_nothing_behind() throws IOException {
        WorkspaceRequest request = request("one").build();
        WorktreePlan plan = JGitWorkspaces.plan(request);
        Files.createDirectories(plan.root());
        Files.writeString(plan.root().resolve("mine"), "mine");
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> JGitWorkspaces.create(plan, request))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("worktree.directory-taken"));
        assertThat(plan.root().resolve("mine")).exists();
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        assertThat(plan.gitDirectory()).doesNotExist();
    }
}
