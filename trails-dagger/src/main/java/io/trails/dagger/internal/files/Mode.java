package io.trails.dagger.internal.files;

/** How much is applied when not everything can be. */
public enum Mode {
    /** Each file that can be; the others stay pending. */
    WHAT_CAN_BE,
    /** Everything, or nothing at all. */
    ALL_OR_NOTHING
}
