package io.trails;

/** What a session's files can do beyond being worked on. It depends on their provider. */
public enum SessionCapability {
    /** {@link Session#diff} and {@link Session#writePatch} tell lines. */
    DIFF,
    /** {@link Session#checkpoint} and {@link Session#restore} work. */
    CHECKPOINTS,
    /** {@link Session#preview} and {@link Session#merge} work. */
    MERGE
}
