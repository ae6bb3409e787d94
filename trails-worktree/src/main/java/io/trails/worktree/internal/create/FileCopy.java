package io.trails.worktree.internal.create;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** A copy of one file, whole or not at all, with its permissions; it never overwrites. */
record FileCopy(Path from, Path to) {
    /** The SHA-256 of what was copied; empty if another file stands there. */
    Optional<String> run() throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) return hashIfSame();
        makeParent(from, to);
        Path draft = Files.createTempFile(to.getParent(), ".trails-", ".draft");
        try {
            Files.copy(
                    from,
                    draft,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS);
            if (!Files.isRegularFile(draft, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
            String hash = hash(draft);
            Files.move(draft, to);
            return Optional.of(hash);
        } catch (FileAlreadyExistsException somebodyElses) {
            return Optional.empty();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Files that everybody may read are often kept in a directory that nobody else may enter. */
    private static void makeParent(Path from, Path to) throws IOException {
        Path like = from.getParent();
        Path directory = to.getParent();
        if (like == null || directory == null || Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return;
        makeParent(like, directory);
        try {
            Files.createDirectory(directory);
            if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(like);
            permissions.addAll(PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(directory, permissions);
        } catch (FileAlreadyExistsException somebodyElses) {
            return;
        }
    }

    /** A crash may have come between the copy and the note of it. */
    private Optional<String> hashIfSame() throws IOException {
        if (!Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(from, to) >= 0)
            return Optional.empty();
        return Optional.of(hash(to));
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
