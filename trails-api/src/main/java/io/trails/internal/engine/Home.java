package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Reason;
import io.trails.SessionState;
import io.trails.internal.json.JsonValue.JsonString;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredAgent;
import io.trails.internal.state.StoredPart;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells sessions that were opened in this very directory from those that were not: whose project was copied or moved, so
 * that their plans name files and processes of another place, or that came with a repository and could lead anywhere. Every
 * session remembers the state directory it was opened in, by its path and by its inode, which nobody can know who writes a
 * repository. Where the system has no inodes, the path alone counts.
 *
 * @param directory the state directory as the host names it
 * @param inode empty where there is none
 * @param place its real path, written the same way under every locale
 */
record Home(Path directory, String inode, String place) {
    private static final String MEMBER = "home";
    private static final char SEPARATOR = ' ';

    static Home of(Path stateDirectory) {
        return new Home(stateDirectory, inode(stateDirectory), place(stateDirectory));
    }

    private static String inode(Path directory) {
        try {
            return String.valueOf(Files.getAttribute(directory, "unix:ino"));
        } catch (UnsupportedOperationException | IllegalArgumentException | IOException none) {
            return "";
        }
    }

    private static String place(Path directory) {
        Path real;
        try {
            real = directory.toRealPath();
        } catch (IOException gone) {
            real = directory.toAbsolutePath();
        }
        String path = real.toString();
        for (int i = 0; i < path.length(); i++) {
            // What the locale decides is not in the URI, which has the bytes of the name.
            if (path.charAt(i) >= 128) return real.toUri().toString();
        }
        return path;
    }

    /** The record as one that was opened here. */
    SessionRecord own(SessionRecord record) {
        return record.withExtra(record.extra().with(MEMBER, JsonString.of(inode + SEPARATOR + place)));
    }

    /** Whether the record comes from elsewhere and says something that would be followed. */
    boolean isForeign(SessionRecord record) {
        if (isOwn(record)) return false;
        boolean launches = record.agent().flatMap(StoredAgent::launch).isPresent();
        // A life leads to a directory, and what is unfinished would be undone.
        if (launches || record.life().isPresent() || Repair.isUnfinished(record)) return true;
        for (StoredPart part : parts(record)) {
            if (part.created() || !part.plan().values().isEmpty()) return true;
        }
        return !record.terminals().isEmpty();
    }

    private boolean isOwn(SessionRecord record) {
        String home = home(record);
        int separator = home.indexOf(SEPARATOR);
        if (separator >= 0) return home.equals(inode + SEPARATOR + place);
        return record.life().isEmpty() && home.equals(inode) && !namesAnotherPlace(record);
    }

    /** A trails that remembered the inode alone, and drew no lives, had the path in its plans. */
    private boolean namesAnotherPlace(SessionRecord record) {
        String own = File.separator + "sessions" + File.separator + record.id() + File.separator;
        for (StoredPart part : parts(record)) {
            for (String value : part.plan().values().values()) {
                if (value.contains(own) && !value.startsWith(directory + own)) return true;
            }
        }
        return false;
    }

    private static List<StoredPart> parts(SessionRecord record) {
        List<StoredPart> parts = new ArrayList<>(record.terminals().values());
        for (Axis axis : Axis.values()) {
            StoredPart part = record.parts().get(axis);
            if (part != null) parts.add(part);
        }
        return parts;
    }

    private static String home(SessionRecord record) {
        return record.extra().text(MEMBER).orElse("");
    }

    /** The record as its session is to be shown: one that comes from elsewhere is lost. */
    SessionRecord shown(SessionRecord record) {
        if (!isForeign(record)) return record;
        return record.withState(SessionState.LOST, Optional.empty()).withProblem(Optional.of(objection(record)));
    }

    Reason objection(SessionRecord record) {
        String home = home(record);
        String named = "Session '" + record.name() + "' ";
        // Only who opened it here, or may look here, knows the inode.
        if (!inode.isEmpty() && home.startsWith(inode + SEPARATOR)) {
            String before = home.substring(inode.length() + 1);
            return Reason.of(
                    "state.moved",
                    named + "was opened while its state was in " + before + " and is now in " + place
                            + ": its files and processes are looked for there, and it is not followed here",
                    "Move the project back, or remove the session, which only forgets it, and open a new one");
        }
        return Reason.of(
                "state.foreign",
                named
                        + "was not opened in this directory: its state was copied, or came with the repository, and is not"
                        + " followed",
                "Remove it, which only forgets it, and open a new one");
    }
}
