package io.trails.internal.files;

import java.io.IOException;
import java.io.Serial;

/** Somebody else held the lock for the whole wait. */
public final class LockTimeoutException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    LockTimeoutException(String message) {
        super(message);
    }
}
