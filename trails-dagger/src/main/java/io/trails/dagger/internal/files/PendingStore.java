package io.trails.dagger.internal.files;

import io.trails.Change;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a session has and its workspace has not: changes that wait for a merge, conflicts, and what a crash or a full disk
 * kept from being applied. Durable. Thread-safe, also between processes.
 */
public final class PendingStore {
    private final Path directory;
    private final Generations index;
    private final Arrivals arrivals;
    private final Consumer<String> at;
    /** Tells whoever uses this from others who use the same directory. */
    private final String holder = Owner.newName("");

    private final WithheldFiles withheld;
    private final AtomicBoolean tidied = new AtomicBoolean();

    private PendingStore(Path directory, Consumer<String> at) {
        this.directory = directory;
        this.index = new Generations(directory, new ForcedContents(directory, at)::force);
        this.arrivals = new Arrivals(directory);
        this.at = at;
        this.withheld = new WithheldFiles(index, holder);
    }

    /**
     * Opens the store and cleans up after a crash. What a crash kept from being applied is still there, for the next
     * {@link #applyAll}.
     *
     * @param directory private to the session, created if absent
     */
    public static PendingStore open(Path directory) {
        return open(directory, step -> {});
    }

    /** @param at told what was done, for whoever wants to stop it there */
    static PendingStore open(Path directory, Consumer<String> at) {
        var store = new PendingStore(directory, at);
        try {
            Files.createDirectories(directory, Permissions.attributes(directory, Permissions.PRIVATE));
        } catch (IOException uncreated) {
            throw store.failure("created", uncreated);
        }
        PrivateTree.deleteAbandoned(directory, Scratch.PREFIX);
        store.arrivals.deleteAbandoned(store.index::read);
        return store;
    }

    /** An empty directory for an engine to export into. What is not recorded is thrown away by an {@link #open} after this process. */
    public Path newStaging() {
        try {
            return arrivals.create();
        } catch (IOException uncreated) {
            throw failure("written", uncreated);
        }
    }

    /** Deletes a staging directory that is not recorded, such as one whose files were uploaded. Others are left alone. */
    public void release(Path staging) {
        if (arrivals.isIn(staging)) arrivals.release(staging, index.read());
    }

    /**
     * Keeps what arrived until it is applied, whatever happens to the machine. Its staging directory belongs to the store
     * from now on.
     *
     * @param base what the session's container started from
     */
    public void record(Arrival arrival, Manifest base) {
        record(arrival, base, true);
    }

    /** @param durable whether it is to outlive a power cut, and not only a crash */
    PendingIndex record(Arrival arrival, Manifest base, boolean durable) {
        if (!arrivals.isIn(arrival.staging())) {
            throw new IllegalArgumentException(arrival.staging() + " is no staging directory of " + directory);
        }
        at.accept("arrived");
        PendingIndex after = change(durable, now -> Overlay.of(now, arrival, base, holder));
        if (!arrivals.isUsed(arrival.staging(), after)) PrivateTree.delete(arrival.staging());
        return after;
    }

    public boolean isEmpty() {
        return index.read().entries().isEmpty();
    }

    /** Whether the session has no work of its own, neither here nor to come. */
    public boolean hasNothing() {
        return isEmpty() && withheld().isEmpty();
    }

    /**
     * Whether a process died while it applied everything at once, so that the workspace may have a part of it. Apply it
     * again.
     */
    public boolean isInterrupted() {
        return index.read().applying();
    }

    /** Of which the session has a version of its own. What a user does to these is not uploaded. */
    public Set<String> paths() {
        var paths = new TreeSet<>(index.read().entries().keySet());
        paths.addAll(withheld().paths());
        return paths;
    }

    /** What is to be here and could not be had. */
    public WithheldFiles withheld() {
        return withheld;
    }

    /** Where the session's version of a file lies, as long as it is pending. */
    public Optional<Path> kept(String path) {
        return Optional.ofNullable(index.read().entries().get(path))
                .filter(Pending::hasContent)
                .map(arrivals::file);
    }

    /** What would be applied, ordered by path. */
    public List<Change> changes() {
        return index.read().entries().values().stream()
                .map(entry -> Change.of(entry.isDirectory() ? entry.path() + "/" : entry.path(), kind(entry)))
                .toList();
    }

    private static Change.Kind kind(Pending entry) {
        if (entry.isRemoval()) return Change.Kind.DELETED;
        if (entry.base().isEmpty()) return Change.Kind.ADDED;
        return entry.base().map(FileStamp::type).equals(entry.wanted())
                ? Change.Kind.MODIFIED
                : Change.Kind.TYPE_CHANGED;
    }

    /** Grows whenever what is pending changes, whoever changes it. */
    public long version() {
        return index.version();
    }

    /** What applying all or nothing would answer now, without what would be common then. Writes nothing. */
    public Applied foresee(Path root) {
        try {
            return new Foresight(root, directory).of(index.read().entries().values());
        } catch (IOException unclosed) {
            throw failure("compared", unclosed);
        }
    }

    /** Applies all that is pending. What is left in the store afterwards is what the answer names. */
    public Applied applyAll(Path root, Mode mode) {
        return applyAll(root, mode, index.read());
    }

    Applied applyAll(Path root, Mode mode, PendingIndex read) {
        return Uninterrupted.get(() -> apply(root, mode, read));
    }

    private Applied apply(Path root, Mode mode, PendingIndex read) {
        PendingIndex now = read;
        // Once is enough, as what a process leaves in the root it leaves by dying.
        if (!tidied.getAndSet(true)) PrivateTree.deleteAbandoned(root, FileSelection.SCRATCH);
        if (now.entries().isEmpty()) return new Tally().toApplied();
        boolean all = mode == Mode.ALL_OR_NOTHING;
        if (all) now = index.update(true, index -> index.applying(true));
        Tally tally;
        try (var landing = new Landing(root, directory, at)) {
            tally = all
                    ? landing.allOrNothing(now.entries().values())
                    : landing.whatCanBe(now.entries().values());
        } catch (IOException unclosed) {
            throw failure("applied", unclosed);
        }
        drop(tally, now);
        return tally.toApplied();
    }

    /** Forgets what is in the workspace now, unless somebody recorded another version meanwhile. */
    private void drop(Tally tally, PendingIndex before) {
        boolean kept = !tally.isClean();
        at.accept("landed");
        PendingIndex after = index.update(kept, now -> {
            var left = new TreeMap<>(now.entries());
            for (Pending done : tally.done()) left.remove(done.path(), done);
            tally.restored().forEach((old, restored) -> left.replace(old.path(), old, restored));
            return now.with(left).applying(false);
        });
        at.accept("dropped");
        arrivals.clear(before.entries().values(), after);
    }

    /**
     * Copies what is pending into a directory, for an upload that rebuilds a lost container. What is not whole any more is left out, as
     * {@link #applyAll} tells.
     *
     * @param copy empty or absent
     * @return what is removed, with '/' at its end for a directory
     */
    public List<String> overlayInto(Path copy) {
        return new PendingCopies(directory).overlay(index.read().entries().values(), copy);
    }

    /**
     * Changes a copy of the workspace into what the session sees. Nothing leaves the store.
     *
     * @throws TrailsException {@code dagger.export-failed} also if a file is not whole any more
     */
    public void exportInto(Path copy) {
        new PendingCopies(directory).export(index.read().entries().values(), copy);
    }

    /**
     * Copies what is pending to where it outlives the session, as {@link Rescue} has it.
     *
     * @param target created if absent
     * @return what was written
     */
    public List<Path> rescueTo(Path target) {
        Collection<Pending> entries = index.read().entries().values();
        if (entries.isEmpty()) return List.of();
        try {
            return new Rescue(directory, target).write(entries);
        } catch (IOException unwritable) {
            throw failure("copied to " + target, unwritable);
        }
    }

    /**
     * Makes what is pending in another store what is pending here, with what the workspace had when the session began to differ from
     * it, so that what users did since is told from it.
     *
     * @param other is not changed
     */
    public void become(PendingStore other) {
        Path staging = newStaging();
        String name = String.valueOf(staging.getFileName());
        PendingIndex theirs = other.index.read();
        Collection<Pending> wanted = theirs.entries().values();
        new OverlayCopy(other.directory, staging).copy(wanted);
        var entries = new TreeMap<String, Pending>();
        for (Pending entry : wanted) entries.put(entry.path(), entry.in(name));
        var unused =
                change(true, now -> now.with(entries).withheld(withheld.backTo(theirs.withheld(), now.withheld())));
        release(staging);
    }

    /** Forgets the session's version of a path, and of what is below it. */
    public void discard(String path) {
        var unused = change(true, now -> {
            var left = new TreeMap<>(now.entries());
            left.remove(path);
            left.subMap(path + "/", path + "0").clear();
            return now.with(left);
        });
    }

    /** Deletes the contents of what is not pending any more. */
    private PendingIndex change(boolean durable, UnaryOperator<PendingIndex> change) {
        var before = new ArrayList<Pending>();
        PendingIndex after = index.update(durable, now -> {
            before.clear();
            before.addAll(now.entries().values());
            return change.apply(now);
        });
        at.accept("recorded");
        arrivals.clear(before, after);
        return after;
    }

    private TrailsException failure(String what, IOException cause) {
        return new TrailsException(
                "dagger.pending-unusable",
                "What is pending in " + directory + " could not be " + what + ": " + cause
                        + "; make room or repair the directory, nothing in it is lost",
                cause);
    }
}
