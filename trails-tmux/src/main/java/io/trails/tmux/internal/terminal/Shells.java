package io.trails.tmux.internal.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which interactive shell a terminal without a command runs: one in which lines for a POSIX shell mean the same, without
 * anybody's start-up files, which would make of {@code run} what they like and take the time they like.
 */
final class Shells {
    private static final Path BASH = Path.of("/bin/bash");

    private Shells() {}

    /** Bash where it is there, for a person can edit lines in it; what hosts run stays out of the person's history. */
    static List<String> interactive() {
        return Files.isExecutable(BASH)
                ? List.of(BASH.toString(), "--noprofile", "--norc", "+o", "history")
                : List.of("/bin/sh");
    }
}
