package io.trails.worktree.internal.populate;

import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Changes the files of a repository at random: content that every filter of it brings back, links, modes, directories. */
record RandomTree(TestRepository repository, Random random) {
    private static final List<String> NAMES = List.of("a", "b", "C", "d.txt", "e.c", "f.bat", "g.up", "h i", "\"j");
    private static final List<String> CONTENTS = List.of("", "one\n", "two\n", "$Id$\n", "more\nlines\n", "\0bin\n");
    private static final List<String> ATTRIBUTES = List.of(
            "*.c ident",
            "*.bat text eol=crlf",
            "*.up filter=upper",
            "* text=auto",
            "a/** ident",
            "*.txt -text",
            "[attr]loud filter=upper",
            "d.txt loud",
            "*.c !ident",
            "\"h i\" eol=crlf",
            "b/e.c -ident",
            "# nothing");

    void change(int steps) throws IOException {
        for (int i = 0; i < steps; i++) step();
    }

    private void step() throws IOException {
        Path file = repository.directory();
        for (int depth = random.nextInt(3); depth >= 0; depth--) file = file.resolve(pick(NAMES));
        switch (random.nextInt(10)) {
            case 0 -> delete(file);
            case 1 -> {
                clear(file);
                Files.createSymbolicLink(file, Path.of(pick(NAMES)));
            }
            case 2 -> attributes(file.resolveSibling(".gitattributes"));
            case 3 -> {
                clear(file);
                Files.writeString(file, pick(CONTENTS));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            default -> {
                clear(file);
                Files.writeString(file, pick(CONTENTS));
            }
        }
    }

    private void attributes(Path file) throws IOException {
        clear(file);
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String line = pick(ATTRIBUTES);
            boolean root = file.getParent().equals(repository.directory());
            if (root || !line.startsWith("[attr]")) lines.add(line);
        }
        Files.write(file, lines);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Makes room for a file, and directories above it. */
    private void clear(Path file) throws IOException {
        Path at = repository.directory();
        for (Path name : at.relativize(file)) {
            at = at.resolve(name);
            if (at.equals(file) || !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) delete(at);
        }
        Files.createDirectories(file.getParent());
    }

    private static void delete(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return;
        try (Stream<Path> all = Files.walk(file)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }
}
