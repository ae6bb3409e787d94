package io.trails.internal.engine;

import io.trails.BroughtBack;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Reason;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import io.trails.spi.Location;
import io.trails.spi.SandboxCopy;
import io.trails.spi.Workspace;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Files that a session shares with the project, of which its programs have a copy. The session's work is what differs in the copy; a
 * merge writes it into the project, all of it or nothing. Thread-safe.
 */
final class SharedCopiedFiles implements Workspace {
    private static final int LONGEST_LABEL = 200;

    private final Location location;
    private final Supplier<SandboxCopy> copy;
    private final Runnable stop;
    private final Set<SessionCapability> more;
    private final String session;
    private final Clock clock;

    /**
     * Over the project's files.
     *
     * @param copy throws if what it is on cannot be reached
     * @param stop ends what works on it
     * @param more what can be done because there is a copy
     */
    SharedCopiedFiles(
            Location location,
            Supplier<SandboxCopy> copy,
            Runnable stop,
            Set<SessionCapability> more,
            String session,
            Clock clock) {
        this.location = location;
        this.copy = copy;
        this.stop = stop;
        this.more = more;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Location location() {
        return location;
    }

    /** The lines that differ in the project are not the session's, so nobody is told any. */
    @Override
    public Set<SessionCapability> capabilities() {
        Set<SessionCapability> all = EnumSet.of(SessionCapability.MERGE, SessionCapability.CHECKPOINTS);
        all.addAll(more);
        return Set.copyOf(all);
    }

    @Override
    public Changes changes() {
        return copy.get().pending();
    }

    @Override
    public Checkpoint checkpoint(String label) {
        Checkpoint checkpoint = draw(label);
        copy.get().checkpoint(checkpoint);
        return checkpoint;
    }

    private Checkpoint draw(String label) {
        String id = "c" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        return new Checkpoint(id, session, label, clock.instant());
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return copy.get().checkpoints();
    }

    @Override
    public Checkpoint restore(Checkpoint checkpoint) {
        SandboxCopy files = copy.get();
        boolean known = false;
        for (Checkpoint each : files.checkpoints()) known |= each.id().equals(checkpoint.id());
        if (!known) {
            throw new TrailsException(
                    "sandbox.checkpoint-unknown",
                    "Session '" + session + "' has no checkpoint '" + checkpoint.id() + "'; see its checkpoints()");
        }
        // What is written meanwhile would be in neither of the two.
        stop.run();
        Checkpoint before = draw(shortened("before the restore of " + checkpoint.label()));
        files.checkpoint(before);
        files.restore(checkpoint);
        return before;
    }

    private static String shortened(String label) {
        if (label.length() <= LONGEST_LABEL) return label;
        int end = Character.isHighSurrogate(label.charAt(LONGEST_LABEL - 1)) ? LONGEST_LABEL - 1 : LONGEST_LABEL;
        return label.substring(0, end);
    }

    @Override
    public MergePreview preview(MergeRequest request) {
        check(request);
        SandboxCopy files = copy.get();
        Changes pending = files.pending();
        BroughtBack expected = files.preview();
        List<Reason> blocking = Withheld.blocking(expected);
        MergePreview.Outcome outcome = MergePreview.Outcome.CLEAN;
        if (expected.files().isEmpty()) outcome = MergePreview.Outcome.UP_TO_DATE;
        if (!blocking.isEmpty()) outcome = MergePreview.Outcome.BLOCKED;
        return new MergePreview(
                location.describe(),
                "",
                "",
                Optional.empty(),
                outcome,
                List.of(),
                pending,
                Withheld.join(blocking, expected.notes()),
                "");
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        check(request);
        BroughtBack back = copy.get().bringBackAll();
        if (!back.complete()) return new MergeResult.Blocked(Withheld.all(back));
        String target = location.describe();
        if (back.files().isEmpty()) return new MergeResult.UpToDate(target, "");
        return new MergeResult.Merged(target, "", "", back.notes());
    }

    /** What is asked of a history is not ignored where there is none. */
    private void check(MergeRequest request) {
        if (request.target().isPresent())
            refuse("no branches, so there is no target '" + request.target().get() + "'");
        if (request.strategy() != MergeStrategy.MERGE) refuse("no commits to " + request.strategy());
        if (request.message().isPresent()) refuse("no commit for a message");
        if (request.signed().isPresent()) refuse("no commit to sign");
        boolean decides = !request.resolutions().isEmpty() || request.resolver().isPresent();
        if (decides) refuse("no common ancestor to decide conflicts against");
        if (request.expected().isPresent()) refuse("no commits a preview could be told by");
    }

    private void refuse(String why) {
        throw new TrailsException(
                "workspace.option-unsupported",
                "The session's work goes into " + location.describe() + " as files, which have " + why
                        + "; use MergeRequest.builder().build(), or a mode on git such as 'worktree'");
    }
}
