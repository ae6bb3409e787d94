package io.trails;

/**
 * How demanding the host says the task is. It moves the recommendation and, when no rule names a mode, the choice; it
 * never overrides a rule or a policy.
 */
public enum TaskComplexity {
    /** A question, a small edit. */
    SIMPLE,
    /** A feature or a fix across a few files. */
    MODERATE,
    /** Work that installs, builds, migrates, or runs for long without supervision. */
    COMPLEX
}
