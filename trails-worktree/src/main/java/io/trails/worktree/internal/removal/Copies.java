package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Files that are as they were copied into a session's tree, or as the tree it came from has them. Immutable. */
record Copies(Map<RepoPath, String> hashes, Optional<Path> source) {
    boolean has(RepoPath path, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return false;
        String copied = hashes.get(path);
        if (copied != null && copied.equals(hash(file))) return true;
        if (source.isEmpty()) return false;
        Path original = BytePath.resolve(source.get(), path);
        return Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS) && Files.mismatch(original, file) == -1;
    }

    boolean had(RepoPath path) {
        return hashes.containsKey(path);
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
