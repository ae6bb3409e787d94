package io.trails.worktree.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Changes;
import io.trails.Reason;
import io.trails.Standing;
import io.trails.TrailsException;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeChangesTest {
    @TempDir
    Path scratch;

    private TestRepository repository;

    @BeforeEach
    void commitSomeFiles() throws IOException {
        repository = TestRepository.init(scratch.resolve("repo"));
        repository.write("a", "a1\na2\na3\na4\n").write("d/b", "b\n").write("d/c", "c1\nc2\nc3\n");
        repository.write(".gitignore", "*.log\n");
        repository.commit("base");
    }

    @Test
    void a_fresh_session_has_none_also_with_work_that_it_brought_along() throws Exception {
        repository.write("a", "staged\n").git("add", "a");
        repository.write("a", "unstaged\n").write("new", "new\n").write("x.log", "ignored\n");
        Files.delete(repository.path("d/b"));
        StartedTree session = StartedTree.of(repository);
        assertThat(session.told()).isEmpty();
        assertThat(session.changes().changes().caveats()).isEmpty();
        assertThat(session.patch()).isEmpty();
    }

    @Test
    void what_was_committed_staged_edited_and_created_is_one_comparison() throws Exception {
        repository.write("carried", "1\n");
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "a1\nother\na3\na4\n").git("commit", "-qam", "work");
        repository.write("d/b", "b\nmore\n").git("add", "d/b");
        repository.write("carried", "2\n").write("x.log", "ignored\n").write("z", "new");
        Files.delete(repository.path("d/c"));
        assertThat(session.told())
                .containsExactly(
                        "MODIFIED a +1 -1",
                        "MODIFIED carried +1 -1",
                        "MODIFIED d/b +1 -0",
                        "DELETED d/c +0 -3",
                        "ADDED z +1 -0");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void what_was_undone_is_no_change() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "other\n").commit("work");
        repository.write("a", "a1\na2\na3\na4\n");
        repository.write("d/b", "staged\n").git("add", "d/b");
        repository.write("d/b", "b\n");
        repository.git("rm", "-q", "--cached", "d/c");
        assertThat(session.told()).isEmpty();
    }

    @Test
    void carried_files_that_went_are_deleted() throws Exception {
        repository.write("carried", "1\n").write("other", "1\n");
        StartedTree session = StartedTree.of(repository);
        Files.delete(repository.path("carried"));
        repository.commit("work");
        assertThat(session.told()).containsExactly("DELETED carried +0 -1");
    }

    @Test
    void renames_are_seen_also_of_files_that_nobody_added() throws Exception {
        StartedTree session = StartedTree.of(repository);
        Files.move(repository.path("a"), repository.path("A"));
        repository.git("mv", "d/c", "d/c2");
        assertThat(session.told()).containsExactly("RENAMED a -> A +0 -0", "RENAMED d/c -> d/c2 +0 -0");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void modes_and_types_are_told_apart_from_content() throws Exception {
        StartedTree session = StartedTree.of(repository);
        Files.setPosixFilePermissions(repository.path("a"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(repository.path("d/b"));
        Files.createSymbolicLink(repository.path("d/b"), Path.of("c"));
        Files.write(repository.path("binary"), new byte[] {1, 0, 2});
        assertThat(session.told()).containsExactly("MODE_CHANGED a +0 -0", "ADDED binary", "TYPE_CHANGED d/b");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void files_and_directories_trade_places() throws Exception {
        StartedTree session = StartedTree.of(repository);
        Files.delete(repository.path("a"));
        repository.write("a/inner", "x\n");
        Files.delete(repository.path("d/b"));
        Files.delete(repository.path("d/c"));
        Files.delete(repository.path("d"));
        Files.createSymbolicLink(repository.path("d"), Path.of("a"));
        assertThat(session.told())
                .containsExactly(
                        "DELETED a +0 -4",
                        "ADDED a/inner +1 -0",
                        "ADDED d +1 -0",
                        "DELETED d/b +0 -1",
                        "DELETED d/c +0 -3");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void a_directory_that_became_a_link_to_one_with_the_same_files_holds_none_of_them() throws Exception {
        StartedTree session = StartedTree.of(repository);
        Files.move(repository.path("d"), repository.path("e"));
        Files.createSymbolicLink(repository.path("d"), Path.of("e"));
        assertThat(session.told())
                .containsExactly("ADDED d +1 -0", "RENAMED d/b -> e/b +0 -0", "RENAMED d/c -> e/c +0 -0");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void files_that_are_only_announced_to_the_index_count_with_their_content() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("new", "1\n2\n").git("add", "-N", "new");
        assertThat(session.told()).containsExactly("ADDED new +2 -0");
    }

    @Test
    void conflicts_are_told_as_they_lie_in_the_files() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.git("checkout", "-qb", "other");
        repository.write("a", "theirs\n").write("d/b", "theirs\n").commit("theirs");
        repository.git("checkout", "-q", "main");
        repository.write("a", "ours\n").git("rm", "-q", "d/b");
        repository.commit("ours");
        assertThat(repository.tryGit("merge", "other").ok()).isFalse();
        assertThat(session.told()).containsExactly("MODIFIED a +5 -4", "MODIFIED d/b +1 -1");
        Files.delete(repository.path("a"));
        assertThat(session.told()).containsExactly("DELETED a +0 -4", "MODIFIED d/b +1 -1");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void what_lies_beside_the_session_s_directory_counts_too() throws Exception {
        repository.write("d/e/f", "f\n").commit("more");
        StartedTree session = StartedTree.of(repository, "d/e/", Optional.empty());
        repository.write("d/e/f", "g\n").write("a", "").write("d/b", "").write("d/e/g/h", "");
        assertThat(session.told())
                .containsExactly(
                        "MODIFIED ../../a +0 -4", "MODIFIED ../b +0 -1", "MODIFIED f +1 -1", "ADDED g/h +0 -0");
    }

    @Test
    void of_trails_own_directory_only_the_settings_count() throws Exception {
        StartedTree session = StartedTree.of(repository, "", Optional.of(".trails/"));
        repository
                .write(".trails/settings.json", "{}")
                .write(".trails/state.json", "{}")
                .write(".trailsx", "");
        repository.git("add", "-A");
        assertThat(session.told()).containsExactly("ADDED .trails/settings.json +1 -0", "ADDED .trailsx +0 -0");
    }

    @Test
    void standing_counts_commits_on_both_sides() throws Exception {
        StartedTree session = StartedTree.of(repository);
        String base = session.tree.base();
        assertThat(standing(session)).isEqualTo(new Standing(base, base, Optional.of("main"), 0, 0));
        repository.git("checkout", "-qb", "mine");
        repository.commit("1");
        String head = repository.commit("2");
        repository.git("update-ref", "refs/heads/main", repository.git("commit-tree", "-p", base, "-m", "x", "main:"));
        assertThat(standing(session)).isEqualTo(new Standing(base, head, Optional.of("mine"), 2, 1));
        repository.git("checkout", "-q", "--detach");
        assertThat(standing(session)).isEqualTo(new Standing(base, head, Optional.empty(), 2, 1));
    }

    private static Standing standing(StartedTree session) {
        return session.changes().changes().standing().orElseThrow();
    }

    @Test
    void without_a_commit_everything_is_still_compared() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.git("checkout", "-q", "--orphan", "fresh");
        repository.git("rm", "-q", "--cached", "a");
        Files.delete(repository.path("a"));
        Changes changes = session.changes().changes();
        assertThat(session.told()).containsExactly("DELETED a +0 -4");
        assertThat(changes.standing()).isEmpty();
        assertThat(changes.caveats()).extracting(Reason::code).containsExactly("worktree.head-unborn");
    }

    @Test
    void a_tree_whose_git_file_is_gone_is_not_taken_for_a_part_of_the_repository_around_it() throws Exception {
        repository.write(".gitignore", "inner\n").commit("ignore");
        repository.git("worktree", "add", "-q", "-b", "mine", "inner");
        TestRepository inner = TestRepository.at(repository.path("inner"), repository.environment());
        StartedTree session = StartedTree.of(inner);
        inner.write("a", "other\n");
        Files.delete(inner.path(".git"));
        assertThat(session.told()).containsExactly("MODIFIED a +1 -4");
        TestRepository.init(inner.directory());
        assertThat(session.told()).containsExactly("MODIFIED a +1 -4");
    }

    @Test
    void damage_is_an_error_and_no_empty_answer() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.git("update-ref", "-d", StartedTree.REFS.start());
        assertThatThrownBy(session::told)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.start-missing"))
                .hasMessageContaining(session.tree.base());
        Files.writeString(repository.path(".git/index"), "damaged");
        assertThatThrownBy(session::told)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.git-failed"));
    }

    @Test
    void an_index_that_is_gone_hides_nothing() throws Exception {
        StartedTree session = StartedTree.of(repository);
        Files.delete(repository.path(".git/index"));
        assertThat(session.told()).isEmpty();
        repository.write("a", "");
        assertThat(session.told()).containsExactly("MODIFIED a +0 -4");
    }

    @Test
    void repositories_in_the_tree_are_named() throws Exception {
        TestRepository lib = TestRepository.init(scratch.resolve("lib"));
        lib.write("l", "1\n").commit("lib");
        repository.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                lib.directory().toString(),
                "lib");
        repository.commit("lib");
        StartedTree session = StartedTree.of(repository);
        repository.write("lib/l", "2\n");
        assertThat(session.told()).isEmpty();
        assertThat(session.changes().changes().caveats())
                .extracting(Reason::code)
                .containsExactly("worktree.submodule-work");
        TestRepository.at(repository.path("lib"), repository.environment()).commit("2");
        TestRepository.init(repository.path("nested"), scratch.resolve("home")).commit("nested");
        TestRepository.init(repository.path("unborn"), scratch.resolve("home"));
        assertThat(session.told()).containsExactly("MODIFIED lib +1 -1", "ADDED nested +1 -0", "ADDED unborn");
        assertThat(session.changes().changes().caveats())
                .extracting(Reason::code)
                .containsExactly("workspace.unreadable", "worktree.nested-repository");
    }

    @Test
    void a_sparse_tree_misses_nothing_and_reports_nothing_missing() throws Exception {
        repository.write("e/f", "f\n").commit("more");
        repository.git("sparse-checkout", "set", "--cone", "d");
        StartedTree session = StartedTree.of(repository);
        assertThat(session.told()).isEmpty();
        repository.write("d/b", "").write("e/new", "1\n");
        assertThat(session.told()).containsExactly("MODIFIED d/b +0 -1", "ADDED e/new +1 -0");
    }

    @Test
    void looking_leaves_the_repository_as_it_was() throws Exception {
        repository.git("config", "core.splitIndex", "true");
        repository.git("config", "core.untrackedCache", "true");
        Path hook = repository.path(".git/hooks/post-index-change");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ntouch '" + scratch.resolve("hooked") + "'\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "1\n").write("new", "2\n").git("add", "a");
        repository.write("d/b", "3\n");
        Files.deleteIfExists(scratch.resolve("hooked"));
        Map<String, String> before = picture();
        assertThat(session.told()).hasSize(3);
        assertThat(session.patch()).isNotEmpty();
        assertThat(picture()).isEqualTo(before);
        assertThat(scratch.resolve("hooked")).doesNotExist();
    }

    private Map<String, String> picture() throws IOException {
        var picture = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(repository.path(".git"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String content = Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) + "" : "";
                // git touches the shared part of a split index whenever it reads it, so that it does not expire.
                boolean touched = file.getFileName().toString().startsWith("sharedindex.");
                picture.put(file.toString(), (touched ? "" : Files.getLastModifiedTime(file) + " ") + content);
            }
        }
        return picture;
    }
}
