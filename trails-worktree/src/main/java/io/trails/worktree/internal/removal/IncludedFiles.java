package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ignored files that were copied into a session's tree, as they were then: a file {@code included} in the workspace's own
 * directory, of records {@code <sha-256 in hexadecimal digits> <path>} that each end with a NUL.
 */
public final class IncludedFiles {
    private static final String NAME = "included";
    private static final int DIGITS = 64;

    private IncludedFiles() {}

    /**
     * Replaces the list.
     *
     * @param hashes of the files' bytes by their paths from the tree's root
     */
    public static void write(Path directory, Map<RepoPath, String> hashes) throws IOException {
        var records = new ByteArrayOutputStream();
        for (Map.Entry<RepoPath, String> file : hashes.entrySet()) {
            records.writeBytes(file.getValue().getBytes(StandardCharsets.US_ASCII));
            records.write(' ');
            records.writeBytes(file.getKey().bytes());
            records.write(0);
        }
        Path unfinished = directory.resolve(NAME + ".tmp");
        Files.write(unfinished, records.toByteArray());
        Files.move(
                unfinished,
                directory.resolve(NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What was written; empty if nothing was. A record that is none is left out, so that its file counts as new. */
    public static Map<RepoPath, String> read(Path directory) throws IOException {
        byte[] records;
        try {
            records = Files.readAllBytes(directory.resolve(NAME));
        } catch (NoSuchFileException nothingCopied) {
            return Map.of();
        }
        var hashes = new LinkedHashMap<RepoPath, String>();
        for (RepoPath field : RepoPath.split(records)) {
            byte[] bytes = field.bytes();
            if (bytes.length < DIGITS + 2 || bytes[DIGITS] != ' ') continue;
            hashes.put(field.from(DIGITS + 1), new String(bytes, 0, DIGITS, StandardCharsets.US_ASCII));
        }
        return hashes;
    }
}
