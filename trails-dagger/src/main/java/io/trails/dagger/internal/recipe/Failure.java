package io.trails.dagger.internal.recipe;

import io.trails.TrailsException;

/** What it means when a recipe cannot be followed. */
enum Failure {
    BASE {
        @Override
        TrailsException of(String message, Throwable cause) {
            return new TrailsException("dagger.image-unavailable", message, cause);
        }
    },
    RECIPE {
        @Override
        TrailsException of(String message, Throwable cause) {
            return new TrailsException("dagger.recipe-failed", message, cause);
        }
    },
    SETUP {
        @Override
        TrailsException of(String message, Throwable cause) {
            return new TrailsException("dagger.setup-failed", message, cause);
        }
    },
    INSTALL {
        @Override
        TrailsException of(String message, Throwable cause) {
            return new TrailsException("dagger.install-failed", message, cause);
        }
    };

    /** What helps. */
    String remedy() {
        return this == BASE
                ? "see that its name is right and the engine can reach it, or name another base in the recipe"
                : "mend the recipe";
    }

    abstract TrailsException of(String message, Throwable cause);
}
