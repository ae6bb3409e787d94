package io.trails.dagger.internal.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.slf4j.LoggerFactory;

/** Reads rules in git's language, never through a link. */
final class IgnoreFiles {
    static final String NAME = ".gitignore";

    /** Far more than a person writes, and little enough to hold for every directory on the way to a file. */
    private static final int LONGEST = 1 << 20;

    /** With each star more, a long name takes hundreds of times longer to match. */
    private static final int STARS = 3;

    private IgnoreFiles() {}

    static IgnoreNode of(List<String> patterns) {
        return parse(new ByteArrayInputStream(String.join("\n", patterns).getBytes(StandardCharsets.UTF_8)));
    }

    /** The rules a folder brings; empty without any, or if they cannot be read. */
    static Optional<IgnoreNode> in(Folder folder) {
        Path file = folder.path().resolve(NAME);
        try {
            if (!folder.isFile(NAME)) return Optional.empty();
            return Optional.of(parse(new ByteArrayInputStream(withoutCostly(read(folder), file))));
        } catch (IOException unreadable) {
            return unread(file, unreadable);
        }
    }

    /**
     * The rules that a directory below a root brings; empty also if it is not there, or behind a link.
     *
     * @param directory relative, '/' between names, empty for the root itself
     */
    static Optional<IgnoreNode> in(Path root, String directory) {
        String file = directory.isEmpty() ? NAME : directory + "/" + NAME;
        try (var way = new FolderWay(root)) {
            return in(way.to(file));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return unread(root.resolve(file), unreadable);
        }
    }

    private static byte[] read(Folder folder) throws IOException {
        var rules = new ByteArrayOutputStream();
        Uninterrupted.run(() -> {
            rules.reset();
            try (InputStream in = Channels.newInputStream(folder.read(NAME))) {
                rules.writeBytes(in.readNBytes(LONGEST));
            }
        });
        return rules.toByteArray();
    }

    private static Optional<IgnoreNode> unread(Path file, IOException unreadable) {
        LoggerFactory.getLogger(IgnoreFiles.class).warn("{} is not respected: {}", file, unreadable.toString());
        return Optional.empty();
    }

    /** Without what takes for ever to match, as anybody may have written the file. */
    private static byte[] withoutCostly(byte[] rules, Path file) {
        String text = new String(rules, StandardCharsets.ISO_8859_1);
        if (text.lines().noneMatch(IgnoreFiles::isCostly)) return rules;
        LoggerFactory.getLogger(IgnoreFiles.class)
                .warn("Rules in {} with more than {} stars in a name are not respected", file, STARS);
        String rest = text.lines().filter(line -> !isCostly(line)).collect(Collectors.joining("\n"));
        return rest.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isCostly(String rule) {
        int stars = 0;
        for (int i = 0; i < rule.length(); i++) {
            char c = rule.charAt(i);
            if (c == '/') stars = 0;
            else if (c == '*' && ++stars > STARS) return true;
        }
        return false;
    }

    private static IgnoreNode parse(InputStream rules) {
        var node = new IgnoreNode();
        try {
            node.parse(rules);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return node;
    }
}
