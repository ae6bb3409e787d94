package io.trails;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something happened. Immutable.
 *
 * @param type what happened; more types come with later releases
 * @param at when
 * @param session the session's name, if it concerns one
 * @param reason what happened, in words
 * @param details more, by name; never a secret
 */
public record TrailsEvent(Type type, Instant at, Optional<String> session, Reason reason, Map<String, String> details) {
    /** Checks and copies the components. */
    public TrailsEvent {
        Objects.requireNonNull(details, "details");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(reason, "reason");
        details = Map.copyOf(details);
    }

    /** What can happen. */
    public enum Type {
        /** A session was opened. */
        SESSION_OPENED,
        /** A session that existed was taken up again. */
        SESSION_ATTACHED,
        /** A session's processes were ended on request. */
        SESSION_STOPPED,
        /** A session was removed. */
        SESSION_REMOVED,
        /** A removal kept something. */
        SESSION_KEPT,
        /** A session's work was merged; the details name target, commit, previous commit and strategy. */
        SESSION_MERGED,
        /** A checkpoint was taken; the details name it and its label. */
        SESSION_CHECKPOINTED,
        /** A session's files were brought back to a checkpoint; the details name it and the one of what they were before. */
        SESSION_RESTORED,
        /** What a session stands on is gone. */
        SESSION_LOST,
        /** A crash was cleaned up after. */
        SESSION_REPAIRED,
        /** Another mode than the one asked for was taken. */
        MODE_FALLBACK,
        /** A weaker mode than the configured one was taken on purpose. */
        MODE_DOWNGRADE,
        /** The policy refused something. */
        POLICY_REFUSED,
        /** A session broke a limit and its processes were ended. */
        LIMIT_EXCEEDED,
        /** The settings contain something that was not understood. */
        SETTINGS_WARNING,
        /** The state was damaged; what was there is kept under another name. */
        STATE_DAMAGED,
        /** Where the state is kept needs a look, such as a {@code .gitignore} that lets git see it. */
        STATE_WARNING,
        /** The audit log could not be written. */
        AUDIT_FAILED,
        /** The recording of a terminal that is removed was saved; the reason says where. */
        RECORDING_SAVED,
        /** What a session's sandbox runs on is gone: its processes ended, and its files are those that came back. */
        SANDBOX_LOST,
        /** A sandbox was made anew; the reason says what was, and what was not, run again. */
        SANDBOX_REBUILT,
        /** What a session's sandbox runs on cannot be reached now; its files can be used, and commands try again. */
        SANDBOX_UNREACHABLE,
        /** A sandbox has something to tell that is worth knowing. */
        SANDBOX_WARNING,
        /** What programs changed in their copy of the files came back to the session's directory. */
        FILES_BROUGHT_BACK,
        /** Something of that did not come back, since it was changed elsewhere too, or is refused. */
        FILES_WITHHELD
    }
}
