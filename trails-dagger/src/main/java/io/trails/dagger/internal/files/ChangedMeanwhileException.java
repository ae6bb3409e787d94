package io.trails.dagger.internal.files;

import java.io.IOException;
import java.io.Serial;

/** A user did something to a file between the look at it and the step. */
final class ChangedMeanwhileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;

    ChangedMeanwhileException(String path) {
        super(path + " was changed this very moment");
        this.path = path;
    }

    String path() {
        return path;
    }
}
