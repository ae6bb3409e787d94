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

    /** The rules a directory brings; empty without any, or if they cannot be read. */
    static Optional<IgnoreNode> in(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(parse(new ByteArrayInputStream(withoutCostly(in.readNBytes(LONGEST), file))));
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(IgnoreFiles.class).warn("{} is not respected: {}", file, unreadable.toString());
            return Optional.empty();
        }
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
