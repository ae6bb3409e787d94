package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.Changes;
import io.trails.FileConflict;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * What of a session's files has not come back yet, and what would become of it. Writes nothing in the session's directory, and
 * waits for no command. Thread-safe.
 */
final class Outlook {
    private final SessionContainer container;
    private final HostFiles files;

    Outlook(SessionContainer container) {
        this.container = container;
        files = container.files();
    }

    Changes pending() {
        List<Reason> caveats = unseen();
        BroughtBack expected = foreseen();
        for (FileConflict conflict : expected.conflicts()) caveats.add(named(conflict));
        caveats.addAll(expected.withheld());
        caveats.addAll(expected.notes());
        return new Changes(files.pending().changes(), caveats);
    }

    /** What bringing everything back would do. */
    BroughtBack preview() {
        List<Reason> notes = unseen();
        BroughtBack expected = foreseen();
        notes.addAll(expected.notes());
        List<Change> comes = expected.complete() ? expected.files() : List.of();
        return new BroughtBack(comes, expected.conflicts(), expected.withheld(), notes);
    }

    /** The answer to who wants files back while a command runs. */
    BroughtBack meanwhile() {
        BroughtBack expected = foreseen();
        var notes = new ArrayList<>(List.of(running()));
        notes.addAll(expected.notes());
        return new BroughtBack(List.of(), expected.conflicts(), expected.withheld(), notes);
    }

    private BroughtBack foreseen() {
        return Bringing.both(container.bringing().answer(files.pending().foresee(files.root())), missing());
    }

    /** What could not be had from the container, and nothing else. */
    BroughtBack missing() {
        return new BroughtBack(List.of(), List.of(), Missing.all(files.pending().withheld()), List.of());
    }

    /** The answer to who wants all and gets nothing. */
    BroughtBack refusal() {
        BroughtBack expected = foreseen();
        return new BroughtBack(List.of(), expected.conflicts(), expected.withheld(), expected.notes());
    }

    private static Reason named(FileConflict conflict) {
        Reason reason = conflict.reason();
        return Reason.of(reason.code(), conflict.path() + ": " + reason.message(), reason.remedy());
    }

    /** Looks what was changed last, where that is kept and not brought back, and tells why it did not look. */
    private List<Reason> unseen() {
        if (!container.mayHaveMore()) return new ArrayList<>();
        if (files.bringsBack()) return new ArrayList<>(List.of(running()));
        try {
            Optional<BroughtBack> settled = container.betweenCommands("waiting to look at changes", container::settle);
            return new ArrayList<>(settled.isPresent() ? List.of() : List.of(running()));
        } catch (TrailsInterruptedException interrupted) {
            throw interrupted;
        } catch (TrailsException failed) {
            LoggerFactory.getLogger(Outlook.class).debug("Nobody looked what was changed last", failed);
            return new ArrayList<>(List.of(Reason.of(
                    failed.code(), "What was changed last in the container may be missing: " + failed.getMessage())));
        }
    }

    private static Reason running() {
        return Reason.of(
                "dagger.changes-unseen",
                "Something works in the session's container, and what it changed since files last came back is missing",
                "ask again when it has ended");
    }
}
