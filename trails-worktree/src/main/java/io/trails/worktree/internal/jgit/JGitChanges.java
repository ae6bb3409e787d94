package io.trails.worktree.internal.jgit;

import io.trails.Change;
import io.trails.Change.Kind;
import io.trails.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Compares a commit with the files as they are. Writes nothing. Single-threaded. */
final class JGitChanges {
    private static final int COMMIT = 0;
    private static final int INDEX = 1;
    private static final int FILES = 2;

    private final Repository repository;
    private final Optional<String> ignored;
    private final List<Change> files = new ArrayList<>();
    private final List<Reason> caveats = new ArrayList<>();

    /** @param ignored trails' own directory, with '/' at its end */
    JGitChanges(Repository repository, Optional<String> ignored) {
        this.repository = repository;
        this.ignored = ignored;
    }

    List<Change> files() {
        return List.copyOf(files);
    }

    List<Reason> caveats() {
        return List.copyOf(caveats);
    }

    JGitChanges since(ObjectId commit) throws IOException {
        try (var walk = new TreeWalk(repository);
                var commits = new RevWalk(walk.getObjectReader())) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.addTree(new DirCacheIterator(DirCache.read(repository)));
            var tree = new FileTreeIterator(repository);
            // A file that the index knows as it is need not be read.
            tree.setDirCacheIterator(walk, INDEX);
            walk.addTree(tree);
            while (walk.next()) {
                if (isOwn(walk.getPathString()) || isIgnored(walk)) continue;
                if (walk.isSubtree()) enter(walk);
                else compare(walk);
            }
        }
        renames();
        return this;
    }

    private boolean isOwn(String path) {
        return ignored.isPresent()
                && (path + "/").startsWith(ignored.get())
                && !path.equals(ignored.get() + "settings.json")
                && !(path + "/").equals(ignored.get());
    }

    private static boolean isIgnored(TreeWalk walk) throws IOException {
        boolean known = walk.getFileMode(COMMIT) != FileMode.MISSING || walk.getFileMode(INDEX) != FileMode.MISSING;
        if (known) return false;
        var file = walk.getTree(FILES, FileTreeIterator.class);
        return file == null || file.isEntryIgnored();
    }

    /** What is a file on one side and a directory on the other comes once for all. */
    private void enter(TreeWalk walk) throws IOException {
        FileMode before = walk.getFileMode(COMMIT);
        FileMode now = walk.getFileMode(FILES);
        if (before != FileMode.MISSING && before != FileMode.TREE) add(walk, Kind.DELETED);
        if (now != FileMode.MISSING && now != FileMode.TREE) add(walk, Kind.ADDED);
        walk.enterSubtree();
    }

    private void compare(TreeWalk walk) throws IOException {
        FileMode before = walk.getFileMode(COMMIT);
        FileMode now = mode(walk);
        if (now == FileMode.GITLINK) {
            caveats.add(Reason.of(
                    "worktree.nested-repository",
                    "'" + walk.getPathString() + "' is a repository of its own; what is in it does not count",
                    "Remove its .git"));
        }
        if (before == FileMode.MISSING && now == FileMode.MISSING) return;
        if (before == FileMode.MISSING) add(walk, Kind.ADDED);
        else if (now == FileMode.MISSING) add(walk, Kind.DELETED);
        else if (isFile(before) != isFile(now)) add(walk, Kind.TYPE_CHANGED);
        else if (!isSame(walk, now)) add(walk, Kind.MODIFIED);
        else if (before != now) add(walk, Kind.MODE_CHANGED);
    }

    /** Where the file system keeps no such bit, the index does. */
    private static FileMode mode(TreeWalk walk) {
        var file = walk.getTree(FILES, FileTreeIterator.class);
        if (file == null) return FileMode.MISSING;
        return file.getIndexFileMode(walk.getTree(INDEX, DirCacheIterator.class));
    }

    /** Of a symbolic link JGit tells no id. */
    private boolean isSame(TreeWalk walk, FileMode now) throws IOException {
        if (now != FileMode.SYMLINK) return walk.idEqual(COMMIT, FILES);
        String target = repository.getFS().readSymLink(new File(repository.getWorkTree(), walk.getPathString()));
        try (var hash = new ObjectInserter.Formatter()) {
            return hash.idFor(Constants.OBJ_BLOB, target.getBytes(StandardCharsets.UTF_8))
                    .equals(walk.getObjectId(COMMIT));
        }
    }

    private static boolean isFile(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }

    private void add(TreeWalk walk, Kind kind) {
        files.add(Change.of(walk.getPathString(), kind));
    }

    private void renames() {
        boolean added = files.stream().anyMatch(change -> change.kind() == Kind.ADDED);
        boolean deleted = files.stream().anyMatch(change -> change.kind() == Kind.DELETED);
        if (!added || !deleted) return;
        caveats.add(Reason.of(
                "worktree.without-git-renames",
                "Without git a file that moved is told as deleted and added",
                "Install git 2.31 or newer"));
    }
}
