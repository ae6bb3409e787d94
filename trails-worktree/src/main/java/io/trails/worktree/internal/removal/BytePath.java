package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Paths whose names this JVM's locale cannot express: a file URI carries any byte, and so do the paths made of one. */
final class BytePath {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-";

    private BytePath() {}

    static Path resolve(Path directory, RepoPath path) {
        var uri = new StringBuilder(directory.toUri().toString());
        if (uri.charAt(uri.length() - 1) != '/') uri.append('/');
        for (byte b : path.bytes()) {
            if (PLAIN.indexOf((char) b) >= 0) uri.append((char) b);
            else uri.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** The last name of a path, as bytes. */
    static RepoPath name(Path path) {
        String raw = path.toUri().getRawPath();
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        return decoded(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end));
    }

    /** What a link says, as bytes. */
    static RepoPath target(Path link) throws IOException {
        Path said = Files.readSymbolicLink(link);
        String text = said.toString();
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(text)) return RepoPath.of(text);
        var bytes = new ByteArrayOutputStream();
        if (said.isAbsolute()) bytes.write('/');
        for (int i = 0; i < said.getNameCount(); i++) {
            if (i > 0) bytes.write('/');
            bytes.writeBytes(name(Path.of("/").resolve(said.getName(i))).bytes());
        }
        return RepoPath.of(bytes.toByteArray());
    }

    /** What a link says, as a path: relative or not. */
    static Path relative(RepoPath target) {
        if (target.isText() && StandardCharsets.US_ASCII.newEncoder().canEncode(target.text())) {
            return Path.of(target.text());
        }
        Path root = Path.of("/");
        Path absolute = resolve(root, target);
        return target.bytes()[0] == '/' ? absolute : root.relativize(absolute);
    }

    private static RepoPath decoded(String name) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(Integer.parseInt(name, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(name.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return RepoPath.of(bytes.toByteArray());
    }

    static RepoPath join(RepoPath directory, RepoPath name) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(directory.bytes());
        if (directory.length() > 0 && !TreeStatus.isDirectory(directory)) bytes.write('/');
        bytes.writeBytes(name.bytes());
        return RepoPath.of(bytes.toByteArray());
    }
}
