package io.trails.tmux.internal.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which interactive shell a terminal without a command runs: the user's own, if lines for a POSIX shell mean the same there,
 * else another one of the machine.
 */
final class Shells {
    static final String FALLBACK = "/bin/sh";

    private static final Set<String> POSIX = Set.of("sh", "bash", "dash", "ash", "ksh", "ksh93", "mksh", "yash");

    private Shells() {}

    /** @param environment what the shell gets */
    static List<String> of(Map<String, String> environment) {
        Path own = Path.of(environment.getOrDefault("SHELL", FALLBACK));
        Path name = own.getFileName();
        if (own.isAbsolute() && name != null && POSIX.contains(name.toString()) && Files.isExecutable(own)) {
            return List.of(own.toString());
        }
        Path bash = Path.of("/bin/bash");
        return List.of(Files.isExecutable(bash) ? bash.toString() : FALLBACK);
    }
}
