package io.trails.internal.engine;

import io.trails.Isolation;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import io.trails.internal.state.SessionRecord;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxUnreachableException;
import io.trails.spi.Workspace;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** The workspace and the sandbox of a session, taken up in this JVM. Thread-safe. */
final class Live {
    private final Workspace workspace;
    private final Sandbox sandbox;
    private final Workspace copied;

    /**
     * What a session stands on.
     *
     * @param own whether the workspace is the session's own
     */
    Live(Workspace workspace, Sandbox sandbox, boolean own, SessionRecord record, Clock clock) {
        this.workspace = workspace;
        this.sandbox = sandbox;
        Set<SessionCapability> more = EnumSet.of(SessionCapability.EXPORT);
        if (record.isolation().contains(Isolation.SYSTEM)) more.add(SessionCapability.EXPORT_IMAGE);
        copied = own
                ? new OwnCopiedFiles(workspace, this::copy, sandbox::stop, more)
                : new SharedCopiedFiles(workspace.location(), this::copy, sandbox::stop, more, record.id(), clock);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** The session's files as it sees them: with what its programs changed in their copy, if they have one. */
    Workspace files() {
        return isCopied() ? copied : workspace;
    }

    private boolean isCopied() {
        try {
            return sandbox.copy().isPresent();
        } catch (SandboxUnreachableException unknown) {
            return true; // Then what is done with the copy fails, and tells why.
        }
    }

    /**
     * The copy of the files that the session's programs work on.
     *
     * @throws TrailsException {@code sandbox.unsupported} if they work on the files themselves
     */
    SandboxCopy copy() {
        return sandbox.copy()
                .orElseThrow(() -> new TrailsException(
                        "sandbox.unsupported",
                        "The session's programs work on its files themselves, so there is nothing to bring back or to"
                                + " export; see the session's capabilities()"));
    }

    /** The same, if what the session can do includes this. */
    SandboxCopy copyFor(SessionCapability wanted) {
        SandboxCopy copy = copy();
        if (copied.capabilities().contains(wanted)) return copy;
        if (wanted == SessionCapability.BRING_BACK) {
            throw new TrailsException(
                    "workspace.unsupported",
                    "The session's work goes into " + workspace.location().describe()
                            + " when it is merged, and not before; use merge() or export()");
        }
        throw new TrailsException(
                "sandbox.unsupported", "The session's sandbox cannot " + wanted + "; see the session's capabilities()");
    }
}
