package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A submodule that a tree has. Immutable.
 *
 * @param name safe as a path below {@code modules}
 * @param path relative to the root of the tree
 * @param commit that the tree has of it
 */
record Submodule(String name, String path, String commit) {
    private static final String PREFIX = "submodule.";
    private static final String SUFFIX = ".path";

    /** What the tree's own files say; a name or a path that could lead elsewhere is passed over, as git does. */
    static List<Submodule> of(Git tree) {
        if (!Files.isRegularFile(tree.directory().resolve(".gitmodules"), LinkOption.NOFOLLOW_LINKS)) return List.of();
        GitResult known = tree.run(GitCall.of(
                        "config", "-z", "--no-includes", "--file", ".gitmodules", "--get-regexp", "^submodule\\..*\\.path$")
                .accepting(0, 1));
        var found = new ArrayList<Submodule>();
        for (RepoPath field : known.fields()) {
            String text = field.text();
            int end = text.indexOf('\n');
            if (end < PREFIX.length() + SUFFIX.length() || !field.isText()) continue;
            String name = text.substring(PREFIX.length(), end - SUFFIX.length());
            String path = text.substring(end + 1);
            if (!isSafe(name) || !isSafe(path)) continue;
            // ":mode id stage TAB path" of just this path, since pathspecs are literal.
            String entry = tree.run("ls-files", "-s", "-z", "--", path).text();
            String[] words = entry.split("[ \t]", 4);
            if (words.length == 4 && words[0].equals("160000")) found.add(new Submodule(name, path, words[1]));
        }
        return found;
    }

    private static boolean isSafe(String text) {
        for (String part : text.split("[/\\\\]", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git")) return false;
        }
        try {
            return !Path.of(text).isAbsolute() && !text.startsWith("-");
        } catch (InvalidPathException inexpressible) {
            return false;
        }
    }

    /** Whether somebody fetched it for the tree. */
    boolean isIn(Path root, GitDirectory directory) {
        return Files.exists(root.resolve(path).resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(directory.path().resolve("modules").resolve(name).resolve("HEAD"));
    }

    /** Whether its place is a directory that is there for it and for nothing else. */
    boolean isEmptyIn(Path root) throws IOException {
        Path at = root;
        for (Path part : Path.of(path)) {
            at = at.resolve(part);
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) return false;
        }
        try (var entries = Files.newDirectoryStream(at)) {
            return !entries.iterator().hasNext();
        }
    }
}
