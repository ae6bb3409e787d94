package io.trails.internal.state;

import java.io.Serial;

/** A session's JSON is not what this version wrote or can take for it. */
final class UnreadableRecordException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }

    static UnreadableRecordException wrong(String member, String expected) {
        return new UnreadableRecordException("'" + member + "' is not " + expected);
    }
}
