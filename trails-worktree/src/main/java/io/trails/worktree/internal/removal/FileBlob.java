package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a tree has at a path. Immutable.
 *
 * @param mode as in a tree, such as 100644; zeros if it has nothing there
 * @param id of the blob
 */
record FileBlob(String mode, String id) {
    private static final int SHA1_DIGITS = 40;
    private static final String FILE = "100644";
    private static final String NOTHING = "000000";

    /** Whether a regular file has its bytes. */
    boolean isOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = digest(Files.size(file));
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            return id(digest).equals(id);
        }
    }

    /** Whether just that, by kind, permission and bytes, is at a place; what is no file or link is never. */
    boolean isAll(Path place) throws IOException {
        if (mode.equals(NOTHING)) return Files.notExists(place, LinkOption.NOFOLLOW_LINKS);
        if (mode.equals(RawTree.LINK)) {
            if (!Files.isSymbolicLink(place)) return false;
            RepoPath target = BytePath.target(place);
            MessageDigest digest = digest(target.length());
            digest.update(target.bytes());
            return id(digest).equals(id);
        }
        if (!mode.equals(FILE) && !mode.equals(RawTree.PROGRAM)) return false;
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && Files.isExecutable(place) == mode.equals(RawTree.PROGRAM)
                && isOf(place);
    }

    private MessageDigest digest(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance(id.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256");
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
