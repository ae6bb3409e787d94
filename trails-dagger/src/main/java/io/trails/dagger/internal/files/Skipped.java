package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.util.Objects;

/** A path that was left alone, and why. Immutable. */
public record Skipped(String path, Reason reason) {
    public Skipped {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }

    static Skipped of(String path, String code, String message) {
        return new Skipped(path, Reason.of(code, message));
    }
}
