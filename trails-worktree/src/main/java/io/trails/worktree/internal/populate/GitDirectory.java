package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where git keeps what belongs to a tree, found without a process. Immutable.
 *
 * @param path what belongs to this tree alone
 * @param common what all trees of the repository share
 */
record GitDirectory(Path path, Path common) {
    private static final String LINK = "gitdir: ";

    static GitDirectory of(Path root) throws IOException {
        Path dot = root.resolve(".git");
        Path path = Files.isDirectory(dot) ? dot : linked(root, dot);
        Path shared = path.resolve("commondir");
        Path common = Files.exists(shared) ? path.resolve(Path.of(line(shared))) : path;
        return new GitDirectory(path.toRealPath(), common.toRealPath());
    }

    private static Path linked(Path root, Path file) throws IOException {
        String line = line(file);
        if (!line.startsWith(LINK)) throw new IOException(file + " leads nowhere");
        try {
            return root.resolve(line.substring(LINK.length()));
        } catch (InvalidPathException e) {
            throw new IOException(file + " leads to what this JVM cannot express", e);
        }
    }

    private static String line(Path file) throws IOException {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        String text = new String(Files.readAllBytes(file), names);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    Path index() {
        return path.resolve("index");
    }
}
