package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.repo.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody has begun with git and not finished. */
final class UnderWay {
    private UnderWay() {}

    /** The name of an operation in the tree that a directory of git's belongs to. */
    static Optional<String> in(Path gitDirectory) {
        return signs().entrySet().stream()
                .filter(sign -> Files.exists(gitDirectory.resolve(sign.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> signs() {
        var signs = new LinkedHashMap<String, String>();
        signs.put("rebase-merge", "rebase");
        signs.put("rebase-apply", "rebase or am");
        signs.put("MERGE_HEAD", "merge");
        signs.put("CHERRY_PICK_HEAD", "cherry-pick");
        signs.put("REVERT_HEAD", "revert");
        signs.put("sequencer", "cherry-pick or revert");
        signs.put("BISECT_LOG", "bisect");
        return signs;
    }

    /** The name of an operation in any tree that will move a branch, or go back to it, when it ends. */
    static Optional<String> on(Repository repository, String ref) {
        for (Path directory : gitDirectories(repository.commonDirectory())) {
            for (String file : new String[] {"rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"}) {
                String named = read(directory.resolve(file));
                if (named.equals(ref) || ("refs/heads/" + named).equals(ref)) return in(directory).or(() -> Optional.of("rebase"));
            }
        }
        return Optional.empty();
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
