package io.trails.worktree.internal.git;

import io.trails.TrailsException;

/** git did not answer: it failed, did not end in time, or could not be started. */
public final class GitFailedException extends TrailsException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    GitFailedException(String code, String message, int exitCode) {
        super(code, message);
        this.exitCode = exitCode;
    }

    GitFailedException(String code, String message, Throwable cause) {
        super(code, message, cause);
        this.exitCode = -1;
    }

    /** -1 if there is none. */
    public int exitCode() {
        return exitCode;
    }
}
