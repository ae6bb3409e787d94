package io.trails.dagger.internal.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.slf4j.LoggerFactory;

/** Reads rules in git's language, never through a link. */
final class IgnoreFiles {
    static final String NAME = ".gitignore";

    /** Far more than a person writes, and little enough to hold for every directory on the way to a file. */
    private static final int LONGEST = 1 << 20;

    private IgnoreFiles() {}

    static IgnoreNode of(List<String> patterns) {
        return parse(new ByteArrayInputStream(String.join("\n", patterns).getBytes(StandardCharsets.UTF_8)));
    }

    /** The rules a directory brings; empty without any, or if they cannot be read. */
    static Optional<IgnoreNode> in(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(parse(new ByteArrayInputStream(in.readNBytes(LONGEST))));
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(IgnoreFiles.class).warn("{} is not respected: {}", file, unreadable.toString());
            return Optional.empty();
        }
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
