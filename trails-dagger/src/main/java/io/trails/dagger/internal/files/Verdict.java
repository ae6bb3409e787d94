package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.util.Optional;

/**
 * What is to be done about a pending path, given what the workspace has there. Immutable.
 *
 * @param host what the workspace has, with which the step must still find it; empty if nothing
 * @param reason why it may not be done; empty unless it is a conflict
 */
record Verdict(Kind kind, Optional<FileStamp> host, Optional<Reason> reason) {
    enum Kind {
        /** The workspace has it already, or it was done before a crash. */
        NOTHING,
        /** The workspace has the same content with permissions of the user's, which the session is to get. */
        USERS,
        /** Put it there, or take it away. */
        APPLY,
        /** Only the permissions differ. */
        MODE,
        CONFLICT
    }

    static Verdict of(Kind kind, Optional<FileStamp> host) {
        return new Verdict(kind, host, Optional.empty());
    }

    static Verdict conflict(Optional<FileStamp> host, String message) {
        return new Verdict(
                Kind.CONFLICT,
                host,
                Optional.of(Reason.of(
                        "dagger.conflict",
                        message + "; the workspace is as the user left it, and the session's version is kept",
                        "Take the session's version into the workspace, or write yours into the container: what both have alike"
                                + " is no conflict")));
    }
}
