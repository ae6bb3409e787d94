package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.io.IOException;
import java.util.Objects;

/** A path that was left alone, and why. Immutable. */
public record Skipped(String path, Reason reason) {
    private static final String UNWRITTEN = "dagger.not-applied";

    public Skipped {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }

    /** It is pending, and only failed to be written: nothing may go on as if it were not there. */
    static Skipped unwritten(String path, IOException failed) {
        return new Skipped(
                path,
                Reason.of(
                        UNWRITTEN,
                        "It could not be written: " + failed,
                        "It is kept, and tried again with the next changes"));
    }

    /** Whether it is the session's and is tried again. */
    public boolean isToCome() {
        return reason.code().equals(UNWRITTEN);
    }

    static Skipped of(String path, String code, String message) {
        return new Skipped(path, Reason.of(code, message));
    }
}
