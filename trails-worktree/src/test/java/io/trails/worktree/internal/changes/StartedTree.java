package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.tree.SessionRefs;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A repository with a session that has started in it, and what git itself says of the two points. */
final class StartedTree {
    static final SessionRefs REFS = new SessionRefs("s-1");

    final TestRepository repository;
    final SessionTree tree;

    private StartedTree(TestRepository repository, SessionTree tree) {
        this.repository = repository;
        this.tree = tree;
    }

    /** It starts with all files as they are, those that are not committed included. */
    static StartedTree of(TestRepository repository, String prefix, Optional<String> ignored) {
        String base = repository.git("rev-parse", "HEAD");
        String start = repository.git("commit-tree", "-p", base, "-m", "start", snapshot(repository));
        repository.git("update-ref", REFS.start(), start);
        return at(repository, prefix, ignored, base);
    }

    /** The same session in a copy of its repository. */
    StartedTree in(TestRepository copy) {
        return at(copy, tree.prefix(), tree.ignored(), tree.base());
    }

    private static StartedTree at(TestRepository repository, String prefix, Optional<String> ignored, String base) {
        var tree = new SessionTree(
                repository.git(),
                repository.repository(),
                repository.directory(),
                prefix,
                "s",
                REFS,
                base,
                Optional.of("main"),
                Optional.of("main"),
                ignored,
                Clock.systemUTC());
        return new StartedTree(repository, tree);
    }

    static StartedTree of(TestRepository repository) {
        return of(repository, "", Optional.empty());
    }

    TreeChanges changes() {
        return new TreeChanges(tree);
    }

    /** As {@code M path}, {@code R old -> new}, and the like. */
    List<String> told() {
        return changes().changes().files().stream().map(StartedTree::told).toList();
    }

    static String told(Change change) {
        String from = change.previousPath().map(path -> path + " -> ").orElse("");
        String lines =
                change.lines().map(n -> " +" + n.added() + " -" + n.deleted()).orElse("");
        return change.kind() + " " + from + change.path() + lines;
    }

    List<FileDiff> diffs(DiffRequest request) {
        var diffs = new ArrayList<FileDiff>();
        changes().diff(request, diffs::add);
        return diffs;
    }

    byte[] patch() {
        var out = new ByteArrayOutputStream();
        changes().writePatch(DiffRequest.all(), out);
        return out.toByteArray();
    }

    /** The tree that the patch makes of the start. */
    String patched() {
        byte[] patch = patch();
        GitCall call = scratchIndex();
        repository.git().run(call.and("read-tree", REFS.start()));
        if (patch.length > 0)
            repository.git().run(call.and("apply", "--binary", "--cached", "-").input(patch));
        return repository.git().run(call.and("write-tree")).text();
    }

    String snapshot() {
        return snapshot(repository);
    }

    private GitCall scratchIndex() {
        return GitCall.of()
                .locking()
                .with(
                        "GIT_INDEX_FILE",
                        repository
                                .path("../index-" + System.nanoTime())
                                .normalize()
                                .toString());
    }

    private static String snapshot(TestRepository repository) {
        Path index = repository.repository().gitDirectory().resolve("index");
        Path copy = repository.path("../copy-" + System.nanoTime()).normalize();
        try {
            // git looks again into files that are as young as the index.
            if (Files.exists(index)) Files.copy(index, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitCall call = GitCall.of().locking().with("GIT_INDEX_FILE", copy.toString());
        repository.git().run(call.and("add", "-A"));
        return repository.git().run(call.and("write-tree")).text();
    }
}
