package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes files as they are, without what attributes would make of them, as a tree. */
final class RawTree {
    static final String LINK = "120000";
    static final String PROGRAM = "100755";
    private static final String FILE = "100644";

    private RawTree() {}

    /**
     * Gives the tree's id.
     *
     * @param own a directory whose path git reads back from a line
     */
    static String write(TreeGit git, Path own, Map<RepoPath, Path> files) throws IOException {
        Path stand = own.resolve("files");
        TreeDeletion.delete(stand);
        Files.createDirectories(stand);
        var names = new StringBuilder();
        var modes = new ArrayList<String>();
        int number = 0;
        for (Path file : files.values()) {
            // Names that hold anything are read by names that hold nothing: git takes one a line.
            Path name = stand.resolve(Integer.toString(number++));
            modes.add(place(file, name));
            names.append(name).append('\n');
        }
        GitCall hash =
                GitCall.of("hash-object", "-w", "--no-filters", "--stdin-paths").input(names.toString());
        List<String> blobs = files.isEmpty() ? List.of() : git.run(hash).lines();
        var entries = new ByteArrayOutputStream();
        number = 0;
        for (RepoPath path : files.keySet()) {
            String entry = modes.get(number) + " " + blobs.get(number) + "\t";
            entries.writeBytes(entry.getBytes(StandardCharsets.US_ASCII));
            entries.writeBytes(path.bytes());
            entries.write(0);
            number++;
        }
        Path index = own.resolve("raw-index");
        Files.deleteIfExists(index);
        git.run(GitCall.of("update-index", "--add", "-z", "--index-info")
                .with("GIT_INDEX_FILE", index.toString())
                .input(entries.toByteArray()));
        String tree = git.run(GitCall.of("write-tree").with("GIT_INDEX_FILE", index.toString()))
                .text();
        TreeDeletion.delete(stand);
        Files.deleteIfExists(index);
        return tree;
    }

    private static String place(Path file, Path name) throws IOException {
        if (Files.isSymbolicLink(file)) {
            Files.write(name, BytePath.target(file).bytes());
            return LINK;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) throw new IOException(file + " is not a file");
        Files.createSymbolicLink(name, file.toAbsolutePath());
        return Files.isExecutable(file) ? PROGRAM : FILE;
    }
}
