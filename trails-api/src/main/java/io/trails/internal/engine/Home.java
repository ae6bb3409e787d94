package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Reason;
import io.trails.SessionState;
import io.trails.internal.json.JsonValue.JsonString;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredAgent;
import io.trails.internal.state.StoredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells sessions of this machine from those that came with a repository, whose plans and commands could lead anywhere.
 * Every session remembers the inode of the state directory it was opened in, which nobody can know who writes a repository.
 * Where the system has no inodes, nothing is told apart.
 *
 * @param mark empty where there is none
 */
record Home(String mark) {
    private static final String MEMBER = "home";

    static Home of(Path stateDirectory) {
        try {
            return new Home(String.valueOf(Files.getAttribute(stateDirectory, "unix:ino")));
        } catch (UnsupportedOperationException | IllegalArgumentException | IOException none) {
            return new Home("");
        }
    }

    /** The record as one of this machine. */
    SessionRecord own(SessionRecord record) {
        return mark.isEmpty() ? record : record.withExtra(record.extra().with(MEMBER, JsonString.of(mark)));
    }

    /** Whether the record comes from elsewhere and says something that would be followed. */
    boolean isForeign(SessionRecord record) {
        if (mark.isEmpty() || record.extra().text(MEMBER).filter(mark::equals).isPresent()) return false;
        boolean launches = record.agent().flatMap(StoredAgent::launch).isPresent();
        boolean plans = !record.terminals().isEmpty();
        for (Axis axis : Axis.values()) {
            StoredPart part = record.parts().get(axis);
            plans |= part != null && (part.created() || !part.plan().values().isEmpty());
        }
        return launches || plans;
    }

    /** The record as its session is to be shown: one that comes from elsewhere is lost. */
    SessionRecord shown(SessionRecord record) {
        if (!isForeign(record)) return record;
        return record.withState(SessionState.LOST, Optional.empty()).withProblem(Optional.of(objection(record)));
    }

    Reason objection(SessionRecord record) {
        return Reason.of(
                "state.foreign",
                "Session '" + record.name()
                        + "' was not opened in this directory: its state was copied, or came with the"
                        + " repository, and is not followed",
                "If you copied it yourself and trust it, set its \"home\" in state.json to \"" + mark
                        + "\"; else remove it, which only forgets it");
    }
}
