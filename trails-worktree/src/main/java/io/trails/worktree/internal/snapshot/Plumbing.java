package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.GitCall;
import java.time.Duration;

/** Commands that work for us and not for the user: no hooks, no warnings about line ends that would be errors, no split index. */
public final class Plumbing {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Plumbing() {}

    /** One that may read or write the content of many files. */
    public static GitCall call(String... arguments) {
        return GitCall.of(arguments)
                .config("core.hooksPath", "/dev/null")
                .config("core.safecrlf", "false")
                .config("core.splitIndex", "false")
                .timeout(LIMIT);
    }
}
