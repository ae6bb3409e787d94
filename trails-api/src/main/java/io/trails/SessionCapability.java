package io.trails;

/** What a session's files can do beyond being worked on. It depends on the providers it stands on. */
public enum SessionCapability {
    /** {@link Session#diff} and {@link Session#writePatch} tell lines. */
    DIFF,
    /** {@link Session#checkpoint} and {@link Session#restore} work. */
    CHECKPOINTS,
    /** {@link Session#preview} and {@link Session#merge} work. */
    MERGE,
    /** {@link Session#bringBack} works: programs have a copy of the session's own files. */
    BRING_BACK,
    /** {@link Session#export} works: programs have a copy of the session's files. */
    EXPORT,
    /** {@link Session#exportImage} works: programs have a system of their own. */
    EXPORT_IMAGE
}
