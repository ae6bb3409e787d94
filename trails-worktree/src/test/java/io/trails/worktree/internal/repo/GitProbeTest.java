package io.trails.worktree.internal.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Reason;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitProbeTest {
    @TempDir
    Path folder;

    private Path scratch;
    private TestRepository repository;

    @BeforeEach
    void repository() throws IOException {
        scratch = folder.toRealPath();
        repository = TestRepository.init(scratch.resolve("project"));
    }

    private Availability worktrees(Path project) {
        return worktrees(project, repository.environment());
    }

    private static Availability worktrees(Path project, Map<String, String> environment) {
        return GitProbe.forWorktrees(ProbeContext.of(project, environment, Duration.ofSeconds(20)));
    }

    private static void assertRefused(Availability answer, String code) {
        assertThat(answer).isInstanceOf(Availability.Unavailable.class);
        assertThat(answer.reasons()).extracting(Reason::code).containsExactly(code);
        assertThat(answer.reasons().get(0).remedy()).isNotEmpty();
    }

    private static void assertNoted(Availability answer, String... codes) {
        assertThat(answer).isInstanceOf(Availability.Available.class);
        assertThat(answer.reasons()).extracting(Reason::code).contains(codes);
    }

    @Test
    void a_repository_with_a_commit_can_be_used() throws IOException {
        repository.write("a", "a").commit("one");
        Availability answer = worktrees(repository.directory());
        assertThat(answer).isInstanceOf(Availability.Available.class);
        assertThat(answer.reasons()).extracting(Reason::code).containsExactly("worktree.git");
    }

    @Test
    void without_git_it_says_what_to_install() {
        assertRefused(worktrees(repository.directory(), Map.of("PATH", "/nowhere")), "worktree.git-missing");
    }

    @Test
    void a_git_in_the_current_directory_is_not_run() throws IOException {
        Path git = Files.writeString(repository.path("git"), "#!/bin/sh\ntouch ran\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        assertRefused(worktrees(repository.directory(), Map.of("PATH", ":.")), "worktree.git-missing");
        assertThat(repository.path("ran")).doesNotExist();
    }

    @Test
    void an_old_git_is_named() throws IOException {
        Path git = Files.writeString(scratch.resolve("git"), "#!/bin/sh\necho git version 2.20.1.vendor7\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        assertRefused(worktrees(repository.directory(), Map.of("PATH", scratch.toString())), "worktree.git-old");
    }

    @Test
    void a_git_that_says_something_else_is_none() throws IOException {
        Path git = Files.writeString(scratch.resolve("git"), "#!/bin/sh\necho hello\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        assertRefused(worktrees(repository.directory(), Map.of("PATH", scratch.toString())), "worktree.git-missing");
    }

    @Test
    void a_project_outside_of_repositories_is_refused_and_writes_nothing() throws IOException {
        Path plain = Files.createDirectories(scratch.resolve("plain"));
        assertRefused(worktrees(plain), "worktree.no-repository");
        assertThat(plain).isEmptyDirectory();
    }

    @Test
    void a_file_and_a_missing_directory_are_no_projects() throws IOException {
        repository.write("a", "a").commit("one");
        assertRefused(worktrees(repository.path("a")), "workspace.no-directory");
        assertRefused(worktrees(repository.path("missing")), "workspace.no-directory");
    }

    @Test
    void before_the_first_commit_it_asks_for_one() {
        assertRefused(worktrees(repository.directory()), "worktree.no-commit");
    }

    @Test
    void a_bare_repository_serves_worktrees_only() {
        repository.commit("one");
        repository.git("clone", "-q", "--bare", ".", "../bare.git");
        Path bare = scratch.resolve("bare.git");
        assertNoted(worktrees(bare), "worktree.bare");
        assertRefused(
                GitProbe.inPlace(ProbeContext.of(bare, repository.environment(), Duration.ofSeconds(20))),
                "worktree.bare");
    }

    @Test
    void a_linked_worktree_a_folder_and_a_shallow_clone_are_noted() throws IOException {
        repository.write("sub/a", "a").commit("one");
        repository.commit("two");
        repository.git("worktree", "add", "-q", "../linked");
        assertNoted(worktrees(scratch.resolve("linked")), "worktree.linked");
        assertNoted(worktrees(repository.path("sub")), "worktree.subdirectory");
        repository.git(
                "clone", "-q", "--depth", "1", repository.directory().toUri().toString(), "../shallow");
        assertNoted(worktrees(scratch.resolve("shallow")), "worktree.shallow");
    }

    @Test
    void a_submodule_is_noted() throws IOException {
        repository.write("a", "a").commit("one");
        TestRepository outer = TestRepository.init(scratch.resolve("outer"), scratch.resolve("home"));
        outer.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "-q",
                repository.directory().toString(),
                "inner");
        assertNoted(worktrees(outer.path("inner")), "worktree.submodule");
    }

    @Test
    void a_separate_git_directory_needs_no_word() throws IOException {
        repository.git("init", "-q", "-b", "main", "--separate-git-dir", "../elsewhere", "../separate");
        TestRepository separate = TestRepository.at(scratch.resolve("separate"), repository.environment());
        separate.commit("one");
        assertThat(worktrees(separate.directory()).reasons())
                .extracting(Reason::code)
                .containsExactly("worktree.git");
    }

    @Test
    void sparse_partial_and_large_files_are_noted() throws IOException {
        repository.write("a/a", "a").write("b/b", "b").commit("one");
        repository.git("sparse-checkout", "set", "a");
        repository.git("config", "remote.origin.promisor", "true");
        Files.createDirectories(repository.path(".git/lfs"));
        assertNoted(worktrees(repository.directory()), "worktree.sparse", "worktree.partial", "worktree.large-files");
    }

    @Test
    void a_repository_with_long_object_names_is_noted() throws IOException {
        repository.git("init", "-q", "-b", "main", "--object-format=sha256", "../long");
        TestRepository names = TestRepository.at(scratch.resolve("long"), repository.environment());
        names.commit("one");
        assertNoted(worktrees(names.directory()), "worktree.sha256");
    }

    @Test
    void an_extension_that_git_does_not_know_is_named() throws IOException {
        repository.commit("one");
        repository.git("config", "core.repositoryformatversion", "1");
        repository.git("config", "extensions.madeUpThing", "1");
        Availability answer = worktrees(repository.directory());
        assertRefused(answer, "worktree.unknown-extension");
        assertThat(answer.reasons().get(0).message()).contains("madeupthing");
    }

    @Test
    void a_damaged_repository_is_refused() throws IOException {
        repository.commit("one");
        Files.writeString(repository.path(".git/HEAD"), "rubbish");
        assertRefused(worktrees(repository.directory()), "worktree.repository-damaged");
    }

    @Test
    void a_repository_of_somebody_else_is_named_with_the_way_to_trust_it() throws IOException {
        boolean root = Files.getAttribute(scratch, "unix:uid").equals(0);
        assumeTrue(root, "only root can give files away");
        repository.commit("one");
        Files.setAttribute(repository.path(".git"), "unix:uid", 65_534);
        Files.setAttribute(repository.directory(), "unix:uid", 65_534);
        Availability answer = worktrees(repository.directory());
        assertRefused(answer, "worktree.other-owner");
        assertThat(answer.reasons().get(0).remedy()).contains("safe.directory");
    }

    @Test
    void variables_that_lead_elsewhere_do_not_count() throws IOException {
        repository.commit("one");
        Path plain = Files.createDirectories(scratch.resolve("plain"));
        var environment = new HashMap<>(repository.environment());
        environment.put("GIT_DIR", repository.path(".git").toString());
        environment.put("GIT_WORK_TREE", repository.directory().toString());
        assertRefused(worktrees(plain, environment), "worktree.no-repository");
    }

    @Test
    void names_with_blanks_at_their_ends_are_no_trouble() throws IOException {
        TestRepository odd = TestRepository.init(scratch.resolve(" odd "), scratch.resolve("home"));
        odd.write(" folder /a", "a").commit("one");
        Repository found = Repository.find(odd.git().in(odd.path(" folder "))).orElseThrow();
        assertThat(found.topLevel()).contains(odd.directory());
        assertThat(found.prefix()).isEqualTo(" folder /");
        assertThat(List.of(found.isBare(), found.isLinked(), found.shallow())).containsOnly(false);
    }

    @Test
    void a_path_with_a_line_feed_is_refused_by_name() throws IOException {
        TestRepository odd = TestRepository.init(scratch.resolve("two\nlines"), scratch.resolve("home"));
        odd.commit("one");
        assertRefused(worktrees(odd.directory()), "worktree.path-unsupported");
    }
}
