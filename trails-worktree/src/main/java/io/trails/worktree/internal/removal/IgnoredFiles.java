package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sorts what a tree ignores: what can be made again, what is as it was copied in, and what only this tree has. */
final class IgnoredFiles {
    private static final Set<String> REPRODUCIBLE = Set.of(
            "target",
            "build",
            "dist",
            "out",
            "node_modules",
            ".gradle",
            "__pycache__",
            ".venv",
            "venv",
            ".tox",
            ".mypy_cache",
            ".pytest_cache",
            ".next");
    private static final byte[] CACHE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST = 16 << 20;
    private static final long LARGEST_SUM = 256L << 20;
    private static final int MOST = 50_000;

    private final Path tree;
    private final Copies copies;
    private final List<RepoPath> outputs = new ArrayList<>();
    private final List<RepoPath> repositories = new ArrayList<>();
    private final Map<RepoPath, Path> own = new TreeMap<>();
    private final List<RepoPath> tooBig = new ArrayList<>();
    private long size;

    IgnoredFiles(Path tree, Copies copies) {
        this.tree = tree;
        this.copies = copies;
    }

    void add(RepoPath path) throws IOException {
        Path file = BytePath.resolve(tree, path);
        if (!TreeStatus.isDirectory(path)) file(path, file);
        else if (isRepository(file)) repositories.add(path);
        else if (isOutput(path, file)) output(path, file);
        else directory(path, file);
    }

    /** What is in it can be made again, but for repositories, in which somebody may have worked. */
    private void output(RepoPath path, Path directory) throws IOException {
        outputs.add(path);
        searchRepositories(path, directory);
    }

    private void searchRepositories(RepoPath path, Path directory) throws IOException {
        if (isRepository(directory)) {
            repositories.add(path);
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Site.isDirectory(entry)) searchRepositories(BytePath.join(path, BytePath.name(entry)), entry);
            }
        }
    }

    private void directory(RepoPath path, Path directory) throws IOException {
        if (isRepository(directory)) {
            repositories.add(path);
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                RepoPath name = BytePath.join(path, BytePath.name(entry));
                if (Site.isDirectory(entry)) directory(name, entry);
                else file(name, entry);
            }
        }
    }

    /** Pipes and sockets hold nothing. */
    private void file(RepoPath path, Path file) throws IOException {
        boolean link = Files.isSymbolicLink(file);
        if (!link && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return;
        if (copies.has(path, file)) return;
        long length = link ? 0 : Files.size(file);
        size += length;
        if (length > LARGEST || size > LARGEST_SUM || own.size() >= MOST) tooBig.add(path);
        else own.put(path, file);
    }

    /** Pages are often published from a clone whose name is that of output. */
    private static boolean isRepository(Path directory) {
        return Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOutput(RepoPath path, Path directory) throws IOException {
        String text = path.text();
        String name = text.substring(text.lastIndexOf('/', text.length() - 2) + 1, text.length() - 1);
        return REPRODUCIBLE.contains(name) || isCache(directory);
    }

    private static boolean isCache(Path directory) throws IOException {
        Path tag = directory.resolve("CACHEDIR.TAG");
        if (!Files.isRegularFile(tag, LinkOption.NOFOLLOW_LINKS)) return false;
        try (InputStream in = Files.newInputStream(tag)) {
            return Arrays.equals(in.readNBytes(CACHE.length), CACHE);
        }
    }

    /** Directories that go with the tree: what is in them can be made again. */
    List<RepoPath> outputs() {
        return outputs;
    }

    /** Directories that are repositories. */
    List<RepoPath> repositories() {
        return repositories;
    }

    /** What no other place has, as far as it can be rescued. */
    Map<RepoPath, Path> own() {
        return own;
    }

    /** What no other place has, and is too much for a repository. */
    List<RepoPath> tooBig() {
        return tooBig;
    }
}
