package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.repo.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What somebody has begun with a branch and not finished; meanwhile it is checked out nowhere. */
final class UnderWay {
    private static final String HEADS = "refs/heads/";

    private UnderWay() {}

    /** Whether an operation in any tree will move a branch, or go back to it, when it ends. */
    static boolean on(Repository repository, String ref) {
        for (Path directory : gitDirectories(repository.commonDirectory())) {
            for (String file : new String[] {"rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"}) {
                String named = read(directory.resolve(file));
                if (named.equals(ref) || (HEADS + named).equals(ref)) return true;
            }
        }
        return false;
    }

    private static List<Path> gitDirectories(Path common) {
        var directories = new ArrayList<Path>();
        directories.add(common);
        try (DirectoryStream<Path> linked = Files.newDirectoryStream(common.resolve("worktrees"))) {
            linked.forEach(directories::add);
        } catch (IOException none) {
            return directories;
        }
        return directories;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException none) {
            return "";
        }
    }
}
