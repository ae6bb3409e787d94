package io.trails.internal.engine;

import io.trails.BroughtBack;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Reason;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Location;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxUnreachableException;
import io.trails.spi.Workspace;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Files of a session's own, of which its programs have a copy: what they changed is brought back before anybody looks or anything
 * is done with the files. What cannot be brought back is told with every answer that can tell it, and is never merged without.
 * Thread-safe.
 *
 * <p>Where what the copy is on cannot be reached, nothing runs that could change it, and everything that came back is there to be
 * looked at and merged.
 */
final class OwnCopiedFiles implements Workspace {
    private final Workspace files;
    private final Supplier<SandboxCopy> copy;
    private final Runnable stop;
    private final Set<SessionCapability> more;

    /**
     * Over the session's files.
     *
     * @param copy throws if what it is on cannot be reached
     * @param stop ends what works on it
     * @param more what can be done because there is a copy
     */
    OwnCopiedFiles(Workspace files, Supplier<SandboxCopy> copy, Runnable stop, Set<SessionCapability> more) {
        this.files = files;
        this.copy = copy;
        this.stop = stop;
        this.more = more;
    }

    /** What came back just now, or why that cannot be known. */
    private record Return(BroughtBack back, Optional<TrailsException> failure) {
        List<Reason> caveats() {
            List<Reason> caveats = Withheld.all(back);
            failure.ifPresent(cause -> caveats.add(missing(cause)));
            return caveats;
        }

        boolean isUnreachable() {
            return failure.isPresent() && failure.get() instanceof SandboxUnreachableException;
        }
    }

    private static Reason missing(TrailsException cause) {
        return Reason.of(
                cause.code(), "What the session's programs changed last may be missing: " + cause.getMessage());
    }

    private Return bringBack() {
        try {
            return new Return(copy.get().bringBack(), Optional.empty());
        } catch (TrailsInterruptedException interrupted) {
            throw interrupted;
        } catch (TrailsException failed) {
            LoggerFactory.getLogger(OwnCopiedFiles.class).debug("Nothing is brought back", failed);
            return new Return(BroughtBack.nothing(), Optional.of(failed));
        }
    }

    @Override
    public Location location() {
        return files.location();
    }

    @Override
    public Set<SessionCapability> capabilities() {
        Set<SessionCapability> all = EnumSet.noneOf(SessionCapability.class);
        all.addAll(files.capabilities());
        all.addAll(more);
        all.add(SessionCapability.BRING_BACK);
        return Set.copyOf(all);
    }

    @Override
    public Changes changes() {
        Return now = bringBack();
        Changes changes = files.changes();
        return new Changes(changes.files(), Withheld.join(changes.caveats(), now.caveats()), changes.standing());
    }

    @Override
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        var unused = bringBack();
        files.diff(request, reader);
    }

    @Override
    public void writePatch(DiffRequest request, OutputStream out) {
        var unused = bringBack();
        files.writePatch(request, out);
    }

    /** Without the copy it is one of the files alone, which {@link SandboxCopy#restore} knows how to go back to. */
    @Override
    public Checkpoint checkpoint(String label) {
        Return now = bringBack();
        insist(now);
        Checkpoint taken = files.checkpoint(label);
        if (!now.isUnreachable()) copy.get().checkpoint(taken);
        return taken;
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return files.checkpoints();
    }

    @Override
    public Checkpoint restore(Checkpoint checkpoint) {
        // What is written while the files go back belongs to what they were.
        if (files.checkpoints().stream().anyMatch(known -> known.id().equals(checkpoint.id()))) stop.run();
        Return now = bringBack();
        // The files alone could be brought back, but the session would go on in another system than theirs.
        if (now.failure().isPresent()) throw now.failure().get();
        Checkpoint before = files.restore(checkpoint);
        SandboxCopy around = copy.get();
        around.checkpoint(before);
        around.restore(checkpoint);
        return before;
    }

    @Override
    public MergePreview preview(MergeRequest request) {
        Return now = bringBack();
        List<Reason> blocking = blocking(now);
        MergePreview preview = files.preview(request);
        List<Reason> reasons = Withheld.join(Withheld.join(blocking, preview.reasons()), worthKnowing(now));
        return new MergePreview(
                preview.target(),
                preview.targetCommit(),
                preview.sessionCommit(),
                preview.start(),
                blocking.isEmpty() ? preview.outcome() : MergePreview.Outcome.BLOCKED,
                preview.conflicts(),
                preview.changes(),
                reasons,
                preview.token());
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        Return now = bringBack();
        List<Reason> blocking = blocking(now);
        if (!blocking.isEmpty()) return new MergeResult.Blocked(blocking);
        MergeResult result = files.merge(request);
        List<Reason> notes = worthKnowing(now);
        if (notes.isEmpty() || !(result instanceof MergeResult.Merged merged)) return result;
        return new MergeResult.Merged(
                merged.target(), merged.commit(), merged.previous(), Withheld.join(merged.notes(), notes));
    }

    /** What must not be missing from a merge. */
    private static List<Reason> blocking(Return now) {
        List<Reason> blocking = Withheld.blocking(now.back());
        if (now.failure().isPresent() && !now.isUnreachable())
            blocking.add(missing(now.failure().get()));
        return blocking;
    }

    private static List<Reason> worthKnowing(Return now) {
        return now.isUnreachable()
                ? List.of(missing(now.failure().orElseThrow()))
                : now.back().notes();
    }

    private static void insist(Return now) {
        if (now.failure().isPresent() && !now.isUnreachable())
            throw now.failure().get();
    }
}
