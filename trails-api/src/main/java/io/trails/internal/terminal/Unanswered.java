package io.trails.internal.terminal;

import io.trails.ExecResult;

/** Why a script that was run through the sandbox gave no answer. */
final class Unanswered {
    /** Exit codes above it tell of a signal. */
    private static final int SIGNALS = 128;

    private Unanswered() {}

    /** Whether something ended the script before it came to its own end. */
    static boolean is(ExecResult result) {
        return result.status() != ExecResult.Status.EXITED || result.exitCode() > SIGNALS;
    }

    static String why(ExecResult result) {
        return switch (result.status()) {
            case CANCELLED -> "the session was stopped, removed or closed meanwhile";
            case LIMIT_EXCEEDED -> "the session broke a limit meanwhile and its processes were ended";
            case TIMED_OUT -> "the sandbox did not answer in time";
            case EXITED ->
                "signal " + (result.exitCode() - SIGNALS)
                        + " ended the attempt, as when another process stops or removes the session meanwhile";
        };
    }
}
