package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An index of our own, on which commands work in place of the user's. It knows as much about the files on disk as the index it is
 * a copy of, so that only what has changed is read. Closing it deletes it. Single-threaded.
 */
public final class PrivateIndex implements AutoCloseable {
    private final Git git;
    private final Optional<ScratchObjects> scratch;
    private final Path directory;

    private PrivateIndex(Git git, Optional<ScratchObjects> scratch, Path directory) {
        this.git = git;
        this.scratch = scratch;
        this.directory = directory;
    }

    public static PrivateIndex empty(Git git, Optional<ScratchObjects> scratch) {
        try {
            return new PrivateIndex(git, scratch, Files.createTempDirectory("trails-index-"));
        } catch (IOException e) {
            throw PrivateFiles.failed("A temporary directory could not be created", e);
        }
    }

    /** A copy of an index, which may not exist yet. */
    public static PrivateIndex copyOf(Git git, Optional<ScratchObjects> scratch, Path index) {
        PrivateIndex copy = empty(git, scratch);
        try {
            copy.read(index);
            return copy;
        } catch (IOException e) {
            copy.close();
            throw PrivateFiles.failed("A copy of " + index + " could not be made", e);
        }
    }

    /** git takes a file for unchanged only if it is older than the index: a copy that looked younger would hide changes. */
    private void read(Path index) throws IOException {
        try {
            var time = Files.getLastModifiedTime(index);
            Files.copy(index, file());
            Files.setLastModifiedTime(file(), time);
        } catch (NoSuchFileException none) {
            Files.deleteIfExists(file());
        }
    }

    public Path file() {
        return directory.resolve("index");
    }

    /** The same command on this index, writing its objects where this index has them. */
    public GitCall on(GitCall call) {
        GitCall here = call.with("GIT_INDEX_FILE", file().toString());
        return scratch.isPresent() ? scratch.get().on(here) : here;
    }

    /** The id of its content. */
    public String writeTree() {
        return git.run(on(Plumbing.call("write-tree"))).text();
    }

    /** Takes the files as they are on disk, whatever is ignored; what is not there is removed. */
    public void add(List<RepoPath> paths) {
        update(paths, "--add", "--remove", "--replace");
    }

    public void remove(List<RepoPath> paths) {
        update(paths, "--force-remove");
    }

    private void update(List<RepoPath> paths, String... how) {
        if (paths.isEmpty()) return;
        git.run(on(Plumbing.call("update-index").and(how).and("-z", "--stdin").input(RepoPath.join(paths))));
    }

    /** Sets entries, which are as {@code --index-info} takes them, each with a NUL. */
    public void put(byte[] entries) {
        if (entries.length == 0) return;
        git.run(on(Plumbing.call("update-index", "-z", "--index-info").input(entries)));
    }

    /** Replaces its content, and keeps what it knows about the files that stay the same. */
    public void read(String tree) {
        git.run(on(Plumbing.call("read-tree", "--reset", "--no-sparse-checkout", tree)));
    }

    /** Looks at all files, so that those with the same content as before count as unchanged. */
    public void refresh() {
        git.run(on(Plumbing.call("update-index", "-q", "--refresh").accepting(0, 1)));
    }

    @Override
    public void close() {
        PrivateFiles.delete(directory);
    }
}
