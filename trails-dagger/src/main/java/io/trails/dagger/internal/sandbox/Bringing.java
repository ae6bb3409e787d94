package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.FileConflict;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.files.Applied;
import io.trails.dagger.internal.files.Arrival;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.files.Skipped;
import io.trails.dagger.internal.files.WithheldFiles;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.spi.SandboxNotice.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Brings what commands changed out of a container: into the session's directory, or to where it waits until everything is asked
 * for. Single-threaded, in the session's turn.
 */
final class Bringing {
    private final Surroundings with;
    private final HostFiles files;
    /** What this container has alone. Another sandbox of the session may be without other files. */
    private final Set<String> own = new TreeSet<>();
    /** What did not come back this time, and was told. */
    private final Set<Skipped> said = new HashSet<>();

    /** Whether the container was another's, and has not seen what users did since. */
    private boolean takenUp;

    Bringing(Surroundings with, HostFiles files) {
        this.with = with;
        this.files = files;
    }

    /** What of the session's work this container has, and the host could not have. */
    Set<String> own() {
        return new TreeSet<>(own);
    }

    /** The container is one that had files which the host could not have. */
    void takeUp() {
        takenUp = true;
        own.clear();
        files.pending().withheld().takeUp();
        own.addAll(files.pending().withheld().paths());
    }

    /** The container has no files that the host could not have. */
    void beginAnew() {
        takenUp = false;
        own.clear();
        tellLost(files.pending().withheld().lose());
    }

    /** Whoever had a container that may be gone has none of its files on a volume. */
    void loseAbandoned() {
        tellLost(files.pending().withheld().loseAbandoned());
    }

    /** The container goes with whoever had it. Not only in the turn, as it may be taken for good. */
    void leave() {
        try {
            files.pending().withheld().leave();
        } catch (TrailsException removed) {
            LoggerFactory.getLogger(Bringing.class).debug("Nobody need know that a container is gone", removed);
        }
    }

    private void tellLost(Set<String> lost) {
        if (!lost.isEmpty()) with.tell(Kind.LOST, Missing.lost(lost));
    }

    private void onlyLacks(List<String> lacking) {
        var gone = new TreeSet<>(own);
        own.clear();
        lacks(lacking);
        gone.removeAll(own);
        files.pending().withheld().drop(gone);
    }

    private void lacks(List<String> lacking) {
        lacking.forEach(path -> own.add(path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
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
        said.clear();
        tellLeft(refused.tops());
        List<String> gone =
                removed.stream().filter(path -> !refused.coversRemoved(path)).toList();
        List<String> comes =
                changed.stream().filter(path -> !refused.covers(path)).toList();
        if (comes.isEmpty() && gone.isEmpty()) return nothing(situation, now);
        Received received = received(situation, now, comes, gone, base);
        takenUp = false;
        Arrival arrival = received.arrival();
        Optional<Applied> applied = received.applied();
        tellLeft(arrival.refused());
        Manifest manifest = applied.isPresent() ? situation.manifest().with(applied.get()) : situation.manifest();
        BroughtBack brought = applied.map(this::told).orElseGet(BroughtBack::nothing);
        onlyLacks(received.lacking());
        boolean complete = received.isComplete();
        DirectoryId common = complete ? now : withFormer(situation, now, received.lacking());
        Settled settled = new Settled(situation.withSettled(common, manifest), brought, complete);
        return arrival.changesRules() ? withUnignored(settled, now) : settled;
    }

    /** What could not be had stays a change, and is asked for again. */
    private DirectoryId withFormer(Situation situation, DirectoryId now, List<String> lacking) {
        List<String> patterns = Fetching.patterns(lacking);
        var former =
                Graph.directory(situation.settled()).filter(List.of(), patterns).id();
        DirectoryId before = situation.engine().ask(with.patience(), former).get(former);
        var common = Graph.directory(now)
                .filter(patterns, List.of())
                .withDirectory("/", before, Optional.empty())
                .id();
        return situation.engine().ask(with.patience(), common).get(common);
    }

    private DirectoryId without(Situation situation, List<String> lacking) {
        var common = Graph.directory(situation.settled())
                .filter(Fetching.patterns(lacking), List.of())
                .id();
        return situation.engine().ask(with.patience(), common).get(common);
    }

    private Received received(
            Situation situation, DirectoryId now, List<String> comes, List<String> gone, Manifest base) {
        WithheldFiles withheld = files.pending().withheld();
        return files.staged(staging -> {
            List<String> lacking =
                    comes.isEmpty() ? List.of() : new Fetching(with, situation, now).into(staging, comes);
            withhold(lacking, base);
            Arrival came = files.read(staging, gone);
            Arrival arrival = takenUp ? files.touched(came, base) : came;
            Optional<Applied> applied = files.receive(arrival, base);
            // What takes the place of something that was removed is not settled by the removal.
            withheld.add(lacking, base);
            return new Received(arrival, applied, lacking);
        });
    }

    private void withhold(List<String> lacking, Manifest base) {
        if (lacking.isEmpty()) return;
        WithheldFiles withheld = files.pending().withheld();
        Set<String> known = withheld.paths();
        withheld.add(lacking, base);
        var more = new TreeSet<>(withheld.paths());
        more.removeAll(known);
        if (!more.isEmpty()) with.tell(Kind.WITHHELD, Missing.withheld(more));
    }

    private record Received(Arrival arrival, Optional<Applied> applied, List<String> lacking) {
        boolean isComplete() {
            return lacking.isEmpty();
        }
    }

    private Settled nothing(Situation situation, DirectoryId now) {
        takenUp = false;
        onlyLacks(List.of());
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
        Received received = received(situation, now, wanted, List.of(), situation.manifest());
        lacks(received.lacking());
        boolean complete = received.isComplete();
        DirectoryId common = complete ? situation.settled() : without(situation, received.lacking());
        Manifest manifest = situation.manifest();
        BroughtBack brought = settled.brought();
        if (received.applied().isPresent()) {
            manifest = manifest.with(received.applied().get());
            brought = both(brought, told(received.applied().get()));
        }
        return new Settled(situation.withSettled(common, manifest), brought, complete && settled.complete());
    }

    static BroughtBack both(BroughtBack one, BroughtBack other) {
        var changes = new ArrayList<>(one.files());
        changes.addAll(other.files());
        changes.sort((a, b) -> a.path().compareTo(b.path()));
        return new BroughtBack(
                changes,
                joined(one.conflicts(), other.conflicts()),
                joined(one.withheld(), other.withheld()),
                joined(one.notes(), other.notes()));
    }

    /** What is told twice is told once. */
    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
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
                            Count.of(
                                    came.size(),
                                    "file came back",
                                    "files came back",
                                    came.get(0).path())));
        }
        if (!brought.conflicts().isEmpty()) {
            FileConflict first = brought.conflicts().get(0);
            with.tell(
                    Kind.WITHHELD,
                    Reason.of(
                            "dagger.conflict",
                            Count.of(
                                    brought.conflicts().size(),
                                    "file was changed elsewhere meanwhile",
                                    "files were changed elsewhere meanwhile",
                                    first.path()),
                            first.reason().remedy()));
        }
        for (Reason reason : brought.withheld()) with.tell(Kind.WITHHELD, reason);
        tellLeft(left(applied));
        return brought;
    }

    /** In the words of the interface. */
    BroughtBack answer(Applied applied) {
        return new BroughtBack(
                applied.changes(),
                applied.conflicts().stream()
                        .map(skipped -> new FileConflict(skipped.path(), kept(skipped.path()), skipped.reason()))
                        .toList(),
                applied.refusals().stream()
                        .filter(Skipped::isToCome)
                        .map(Bringing::named)
                        .toList(),
                LeftBehind.reasons(left(applied)));
    }

    private static List<Skipped> left(Applied applied) {
        return applied.refusals().stream()
                .filter(skipped -> !skipped.isToCome())
                .toList();
    }

    private static Reason named(Skipped skipped) {
        Reason reason = skipped.reason();
        return skipped.path().isEmpty()
                ? reason
                : Reason.of(reason.code(), "'" + skipped.path() + "': " + reason.message(), reason.remedy());
    }

    private Optional<Path> kept(String path) {
        return files.kept(path);
    }

    /** The engine tells of something, and its export has it, too. */
    private void tellLeft(List<Skipped> left) {
        List<Skipped> news = left.stream().filter(said::add).toList();
        for (Reason reason : LeftBehind.reasons(news)) with.tell(Kind.WITHHELD, reason);
    }
}
