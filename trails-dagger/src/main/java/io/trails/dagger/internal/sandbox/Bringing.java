package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.FileConflict;
import io.trails.Reason;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.files.Applied;
import io.trails.dagger.internal.files.Arrival;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.files.Skipped;
import io.trails.dagger.internal.files.UploadPattern;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.Graph;
import io.trails.spi.SandboxNotice.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Brings what commands changed out of a container: into the session's directory, or to where it waits until everything is asked
 * for. Single-threaded, in the session's turn.
 */
final class Bringing {
    /** Patterns that an engine still matches quickly. */
    private static final int MANY = 1_000;

    private final Surroundings with;
    private final HostFiles files;

    Bringing(Surroundings with, HostFiles files) {
        this.with = with;
        this.files = files;
    }

    /**
     * What came of it.
     *
     * @param after where the container stands, with its files settled if all of them could be had
     * @param brought what the host got
     * @param complete whether nothing has to be tried again
     */
    record Settled(Situation after, BroughtBack brought, boolean complete) {}

    /**
     * Brings out what was changed.
     *
     * @param now the session's files in the container
     * @param changed relative paths, directories with '/' at their end
     * @param removed the same
     * @param base what the host had when the container last saw it
     */
    Settled settle(Situation situation, DirectoryId now, List<String> changed, List<String> removed, Manifest base) {
        if (changed.isEmpty() && removed.isEmpty()) return nothing(situation, now);
        var all = new ArrayList<>(changed);
        all.addAll(removed);
        HostFiles.Refused refused = files.refused(all);
        tellRefused(refused.reasons());
        List<String> gone =
                removed.stream().filter(path -> !refused.covers(path)).toList();
        List<String> comes =
                changed.stream().filter(path -> !refused.covers(path)).toList();
        if (comes.isEmpty() && gone.isEmpty()) return nothing(situation, now);
        Received received = files.staged(staging -> {
            boolean complete = comes.isEmpty() || fetch(situation, now, comes, refused, staging);
            Arrival arrival = files.read(staging, gone);
            return new Received(arrival, files.receive(arrival, base), complete);
        });
        Arrival arrival = received.arrival();
        Optional<Applied> applied = received.applied();
        tellRefused(arrival.refused().stream().map(Skipped::reason).distinct().toList());
        Manifest manifest = applied.isPresent() ? situation.manifest().with(applied.get()) : situation.manifest();
        BroughtBack brought = applied.map(this::told).orElseGet(BroughtBack::nothing);
        // What could not be had stays a change, and is asked for again.
        if (!received.complete()) return new Settled(situation.withManifest(manifest), brought, false);
        Settled settled = new Settled(situation.withSettled(now, manifest), brought, true);
        return arrival.changesRules() ? withUnignored(settled, now) : settled;
    }

    /** @return whether all of it could be had */
    private boolean fetch(
            Situation situation, DirectoryId now, List<String> comes, HostFiles.Refused refused, Path staging) {
        try {
            DirectoryStep all = wanted(situation, now, comes, refused);
            situation.engine().ask(with.patience(), all.export(staging));
            return true;
        } catch (GraphException failed) {
            Function<List<String>, DirectoryStep> picked =
                    paths -> Graph.directory(now).filter(List.of(), patterns(withoutParents(paths)));
            return new Fetching(with, situation, now, picked).insteadOf(failed, comes, staging);
        }
    }

    /** An engine compares two whole trees again to answer with their difference, which takes it far longer than to pick out files. */
    private static DirectoryStep wanted(
            Situation situation, DirectoryId now, List<String> comes, HostFiles.Refused refused) {
        if (comes.size() <= MANY) return Graph.directory(now).filter(List.of(), patterns(withoutParents(comes)));
        DirectoryStep layer = Graph.directory(now).changes(situation.settled()).layer();
        return refused.tops().isEmpty() ? layer : layer.filter(patterns(refused.tops()), List.of());
    }

    private static List<String> patterns(Collection<String> paths) {
        return paths.stream()
                .map(path -> UploadPattern.of(path.endsWith("/") ? path.substring(0, path.length() - 1) : path))
                .toList();
    }

    /** A directory that is picked out comes with everything in it, so only one that seems to be empty is. */
    private static Set<String> withoutParents(List<String> paths) {
        var left = new TreeSet<>(paths);
        for (String path : paths) {
            for (int slash = path.lastIndexOf('/', path.length() - 2);
                    slash > 0 && left.remove(path.substring(0, slash + 1));
                    slash = path.lastIndexOf('/', slash - 1)) {}
        }
        return left;
    }

    private record Received(Arrival arrival, Optional<Applied> applied, boolean complete) {}

    private static Settled nothing(Situation situation, DirectoryId now) {
        return new Settled(situation.withSettled(now, situation.manifest()), BroughtBack.nothing(), true);
    }

    /** What was left out because it was ignored may be the session's now. */
    private Settled withUnignored(Settled settled, DirectoryId now) {
        Situation situation = settled.after();
        DirectoryId empty = situation.container().empty();
        var everything = Graph.directory(now).changes(empty).addedPaths();
        List<String> paths = situation.engine().ask(with.patience(), everything).get(everything);
        List<String> unknown = paths.stream()
                .filter(path -> !path.endsWith("/"))
                .filter(path -> situation.manifest().get(path).isEmpty())
                .filter(path -> !files.pending().paths().contains(path))
                .toList();
        HostFiles.Refused refused = files.refused(unknown);
        List<String> wanted =
                unknown.stream().filter(path -> !refused.covers(path)).toList();
        if (wanted.isEmpty()) return settled;
        List<String> patterns = wanted.stream().map(UploadPattern::of).toList();
        DirectoryStep only = Graph.directory(now).filter(List.of(), patterns);
        Optional<Applied> applied = files.staged(staging -> {
            situation.engine().ask(with.patience(), only.export(staging));
            return files.receive(files.read(staging, List.of()), situation.manifest());
        });
        if (applied.isEmpty()) return settled;
        BroughtBack more = told(applied.get());
        return new Settled(
                situation.withManifest(situation.manifest().with(applied.get())), both(settled.brought(), more), true);
    }

    static BroughtBack both(BroughtBack one, BroughtBack other) {
        var changes = new ArrayList<>(one.files());
        changes.addAll(other.files());
        changes.sort((a, b) -> a.path().compareTo(b.path()));
        var conflicts = new ArrayList<>(one.conflicts());
        conflicts.addAll(other.conflicts());
        var notes = new ArrayList<>(one.notes());
        notes.addAll(other.notes());
        return new BroughtBack(changes, conflicts, notes);
    }

    /** Tells the host's program, and answers. */
    private BroughtBack told(Applied applied) {
        BroughtBack brought = answer(applied);
        if (!brought.files().isEmpty()) {
            List<Change> came = brought.files();
            with.tell(
                    Kind.BROUGHT_BACK,
                    Reason.of(
                            "dagger.brought-back",
                            came.size() + " files came back, such as "
                                    + came.get(0).path()));
        }
        if (!brought.conflicts().isEmpty()) {
            FileConflict first = brought.conflicts().get(0);
            with.tell(
                    Kind.WITHHELD,
                    Reason.of(
                            "dagger.conflict",
                            brought.conflicts().size() + " files were changed elsewhere meanwhile, such as "
                                    + first.path(),
                            first.reason().remedy()));
        }
        tellRefused(brought.notes());
        return brought;
    }

    /** In the words of the interface. */
    BroughtBack answer(Applied applied) {
        return new BroughtBack(
                applied.changes(),
                applied.conflicts().stream()
                        .map(skipped -> new FileConflict(skipped.path(), kept(skipped.path()), skipped.reason()))
                        .toList(),
                applied.refusals().stream().map(Skipped::reason).distinct().toList());
    }

    private Optional<Path> kept(String path) {
        return files.kept(path);
    }

    private void tellRefused(List<Reason> reasons) {
        for (Reason reason : reasons) with.tell(Kind.WITHHELD, reason);
    }
}
