package io.trails.dagger.internal.connection;

import io.trails.Reason;
import io.trails.spi.SandboxUnreachableException;
import org.jspecify.annotations.Nullable;

/** An engine cannot be used. The code says what is missing. */
public final class EngineUnavailableException extends SandboxUnreachableException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    EngineUnavailableException(Reason reason, @Nullable Throwable cause) {
        super(reason.code(), reason.message() + "; " + reason.remedy());
        this.reason = reason;
        if (cause != null) initCause(cause);
    }

    /** The same, with the way out apart. */
    public Reason reason() {
        return reason;
    }
}
