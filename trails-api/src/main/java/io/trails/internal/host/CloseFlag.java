package io.trails.internal.host;

import java.util.function.BooleanSupplier;

/** Whether the sandbox was closed, for those who must stop then. */
final class CloseFlag implements BooleanSupplier {
    private volatile boolean closed;

    void set() {
        closed = true;
    }

    @Override
    public boolean getAsBoolean() {
        return closed;
    }
}
