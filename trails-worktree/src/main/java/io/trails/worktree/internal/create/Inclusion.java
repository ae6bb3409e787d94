package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.removal.IncludedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies the ignored files that the project's {@code .worktreeinclude} names, such as {@code .env}, into a new tree. The file has
 * the syntax of {@code .gitignore}. Only regular files are copied, only from the tree to the same place in the new one, and
 * nothing is overwritten. What was copied is written down, so that a removal can tell what was edited since.
 */
final class Inclusion {
    private static final String LIST = ".worktreeinclude";
    private static final byte[] HERE = {'.', '/'};

    private final Git source;
    private final Path root;
    private final Path directory;

    /**
     * @param source at the root of the source tree
     * @param root of the new tree
     * @param directory for our own files of the session
     */
    Inclusion(Git source, Path root, Path directory) {
        this.source = source;
        this.root = root;
        this.directory = directory;
    }

    void run() {
        if (!Files.isRegularFile(source.directory().resolve(LIST), LinkOption.NOFOLLOW_LINKS)) return;
        try {
            Map<RepoPath, String> copied = new LinkedHashMap<>(IncludedFiles.read(directory));
            for (RepoPath path : wanted()) {
                Optional<String> hash = copy(path);
                if (hash.isEmpty()) continue;
                copied.put(path, hash.get());
            }
            if (!copied.isEmpty()) IncludedFiles.write(directory, copied);
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.include-failed",
                    "The files that " + LIST + " names could not be copied into " + root + ": " + e
                            + "; make room, correct the permissions, or change the list",
                    e);
        }
    }

    /** Untracked files that the list names and that are ignored. */
    private List<RepoPath> wanted() {
        List<RepoPath> named = source.run("ls-files", "-z", "--others", "--ignored", "--exclude-from=" + LIST)
                .fields();
        if (named.isEmpty()) return List.of();
        // The command knows no literal paths; none that begins like this one is taken for a pattern.
        List<RepoPath> asked = named.stream().map(Inclusion::here).toList();
        GitResult ignored = source.run(GitCall.of("check-ignore", "-z", "--stdin")
                .with("GIT_LITERAL_PATHSPECS", "0")
                .input(RepoPath.join(asked))
                .accepting(0, 1));
        return ignored.fields().stream().map(path -> path.from(HERE.length)).toList();
    }

    private static RepoPath here(RepoPath path) {
        byte[] bytes = path.bytes();
        byte[] prefixed = Arrays.copyOf(HERE, HERE.length + bytes.length);
        System.arraycopy(bytes, 0, prefixed, HERE.length, bytes.length);
        return RepoPath.of(prefixed);
    }

    /** Empty if there is nothing to copy, or something stands there already. */
    private Optional<String> copy(RepoPath path) throws IOException {
        Optional<Path> from = path.in(source.directory());
        Optional<Path> to = path.in(root);
        if (from.isEmpty() || to.isEmpty()) return Optional.empty();
        if (!Files.isRegularFile(from.get(), LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        if (!isInside(from.get(), source.directory()) || !isInside(to.get(), root)) return Optional.empty();
        return new FileCopy(from.get(), to.get()).run();
    }

    /** Whether no directory on the way there is a link or anything else but a directory; it may be missing. */
    private static boolean isInside(Path file, Path base) {
        for (Path at = file.getParent(); at != null && !at.equals(base); at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS))
                return false;
        }
        return file.normalize().startsWith(base);
    }
}
