package io.trails.worktree.internal.jgit;

import io.trails.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Whether files are converted by what JGit does not know, or by programs, or are repositories: as said by the commit that is
 * checked out, by the index and by the tree.
 */
final class AttributeFiles {
    private static final int LARGEST = 1 << 20;
    private static final Pattern CONVERTED =
            Pattern.compile("(?m)^[^#\\n]*\\s(working-tree-encoding|filter)=", Pattern.CASE_INSENSITIVE);

    private final JGitTree tree;
    private final Repository repository;

    AttributeFiles(JGitTree tree) {
        this.tree = tree;
        repository = tree.repository();
    }

    Optional<Reason> refusal() throws IOException {
        Path shared = tree.commonDirectory().resolve("info/attributes");
        if (Files.exists(shared) && isConverting(shared)) return Optional.of(converted("info/attributes"));
        try (ObjectReader reader = repository.newObjectReader();
                var commits = new RevWalk(reader);
                var walk = new TreeWalk(repository, reader)) {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head != null) walk.addTree(commits.parseCommit(head).getTree());
            walk.addTree(new DirCacheIterator(DirCache.read(repository)));
            walk.setRecursive(true);
            while (walk.next()) {
                Optional<Reason> refusal = refusal(walk, reader);
                if (refusal.isPresent()) return refusal;
            }
            return Optional.empty();
        }
    }

    private Optional<Reason> refusal(TreeWalk walk, ObjectReader reader) throws IOException {
        boolean attributes = walk.getNameString().equals(Constants.DOT_GIT_ATTRIBUTES);
        for (int i = 0; i < walk.getTreeCount(); i++) {
            FileMode mode = walk.getFileMode(i);
            if (mode == FileMode.GITLINK) {
                return Optional.of(Reason.of(
                        "worktree.without-git-submodule",
                        "has the submodule '" + walk.getPathString() + "'",
                        "Install git 2.31 or newer"));
            }
            if (!attributes || mode == FileMode.MISSING) continue;
            var blob = reader.open(walk.getObjectId(i), Constants.OBJ_BLOB);
            if (blob.getSize() > LARGEST || isConverting(blob.getBytes()))
                return Optional.of(converted(walk.getPathString()));
        }
        if (!attributes) return Optional.empty();
        Path file = tree.root().resolve(walk.getPathString());
        return Files.isRegularFile(file) && isConverting(file)
                ? Optional.of(converted(file.toString()))
                : Optional.empty();
    }

    private static boolean isConverting(Path file) throws IOException {
        return Files.size(file) > LARGEST || isConverting(Files.readAllBytes(file));
    }

    private static boolean isConverting(byte[] attributes) {
        return CONVERTED.matcher(new String(attributes, StandardCharsets.UTF_8)).find();
    }

    private static Reason converted(String file) {
        return Reason.of(
                "worktree.without-git-filters",
                "converts files with a filter or an encoding of their own, by " + file,
                "Install git 2.31 or newer");
    }
}
