package io.trails.dagger.internal.connection;

import io.trails.spi.SandboxUnreachableException;
import org.jspecify.annotations.Nullable;

/** The engine, or the program that leads to it, is gone, and every id it gave with it. Connecting again may give another one. */
public final class EngineLostException extends SandboxUnreachableException {
    private static final long serialVersionUID = 1L;

    EngineLostException(String message, @Nullable Throwable cause) {
        super("dagger.engine-lost", message);
        if (cause != null) initCause(cause);
    }
}
