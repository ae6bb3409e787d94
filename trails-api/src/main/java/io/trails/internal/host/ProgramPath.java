package io.trails.internal.host;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the program that a command names, as {@code execvp} would. Needed where the JDK would search along the JVM's own
 * path instead of the command's, and where a wrapper starts the program and its failure would look like the program's.
 */
final class ProgramPath {
    private ProgramPath() {}

    /** The program's absolute path, or empty if there is nothing that could be executed. */
    static Optional<String> find(String program, String searchPath, Path directory) {
        if (program.indexOf('/') >= 0 || program.indexOf(File.separatorChar) >= 0) {
            return executable(directory, program);
        }
        int from = 0;
        while (from <= searchPath.length()) {
            int end = searchPath.indexOf(File.pathSeparatorChar, from);
            if (end < 0) end = searchPath.length();
            String entry = searchPath.substring(from, end);
            Optional<String> found = executable(directory.resolve(entry.isEmpty() ? "." : entry), program);
            if (found.isPresent()) return found;
            from = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<String> executable(Path directory, String name) {
        try {
            Path path = directory.resolve(name);
            boolean runs = Files.isRegularFile(path) && Files.isExecutable(path) && interpreterExists(path, directory);
            return runs ? Optional.of(path.toString()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean interpreterExists(Path path, Path directory) {
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            var start = new char[256];
            int length = reader.read(start);
            if (length < 3 || start[0] != '#' || start[1] != '!') return true;
            String line = new String(start, 2, length - 2).lines().findFirst().orElse("");
            String interpreter = line.strip().split("[ \t]", 2)[0];
            return interpreter.isEmpty() || Files.isExecutable(directory.resolve(interpreter));
        } catch (IOException unreadable) {
            // A program may be executable without being readable.
            return true;
        }
    }
}
