package io.trails.worktree.internal.removal;

import io.trails.TrailsException;
import io.trails.worktree.Rescue;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Writes rescued files to a directory that is no tree of the repository. Immutable. */
public final class RescueFiles {
    private static final String BLOB = "blob";

    private final Git git;

    public RescueFiles(Git git) {
        this.git = git;
    }

    /**
     * Writes the files of a rescue.
     *
     * @param directory absent or empty
     */
    public void write(Rescue rescue, Path directory) {
        try {
            Files.createDirectories(directory);
            requireEmpty(directory);
            Path index = Files.createTempFile("trails-rescue", ".index");
            try {
                Files.delete(index);
                checkOut(rescue.commit(), directory.toRealPath(), index);
            } finally {
                Files.deleteIfExists(index);
            }
            for (String ref : rescue.refs()) {
                boolean raw = ref.endsWith("/" + RescueWriter.IGNORED) || ref.endsWith("/" + RescueWriter.EXACT);
                if (raw) raw(ref, directory.toRealPath());
            }
        } catch (IOException e) {
            throw unusable(directory, "cannot be written: " + e.getMessage(), e);
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            if (entries.iterator().hasNext()) {
                throw new TrailsException(
                        "worktree.rescue-directory", directory + " is not empty; name a new or an empty directory");
            }
        }
    }

    private static TrailsException unusable(Path directory, String why, IOException cause) {
        return new TrailsException(
                "worktree.rescue-directory", directory + " " + why + "; make room, or name another directory", cause);
    }

    private void checkOut(String commit, Path directory, Path index) {
        Path gitDirectory = Path.of(git.text("rev-parse", "--absolute-git-dir"));
        Git there = git.in(directory);
        for (GitCall call :
                List.of(GitCall.of("read-tree", commit), GitCall.of("checkout-index", "--all", "--force", "--quiet"))) {
            there.run(call.config("core.hooksPath", "/dev/null")
                    .config("core.sparseCheckout", "false")
                    .with("GIT_DIR", gitDirectory.toString())
                    .with("GIT_WORK_TREE", directory.toString())
                    .with("GIT_INDEX_FILE", index.toString()));
        }
    }

    /** Over what is there, byte for byte. */
    private void raw(String ref, Path directory) throws IOException {
        for (RepoPath entry : git.run("ls-tree", "-r", "-z", "--full-tree", ref).fields()) {
            int tab = tab(entry);
            String[] words = new String(entry.bytes(), 0, tab, StandardCharsets.US_ASCII).split(" ", -1);
            if (!words[1].equals(BLOB)) continue;
            Path file = BytePath.resolve(directory, entry.from(tab + 1));
            Path parent = file.getParent();
            if (parent == null) continue;
            Files.createDirectories(parent);
            // A link among the files is not followed out of the directory.
            if (!parent.toRealPath().startsWith(directory)) throw new IOException(parent + " leads elsewhere");
            byte[] content = git.run("cat-file", BLOB, words[2]).bytes();
            put(file, words[0], content);
        }
    }

    private static int tab(RepoPath entry) {
        byte[] bytes = entry.bytes();
        int tab = 0;
        while (bytes[tab] != '\t') tab++;
        return tab;
    }

    private static void put(Path file, String mode, byte[] content) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) Files.delete(file);
        if (mode.equals(RawTree.LINK)) {
            Files.createSymbolicLink(file, BytePath.relative(RepoPath.of(content)));
            return;
        }
        try (InputStream in = new ByteArrayInputStream(content)) {
            Files.copy(in, file);
        }
        if (mode.equals(RawTree.PROGRAM)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
