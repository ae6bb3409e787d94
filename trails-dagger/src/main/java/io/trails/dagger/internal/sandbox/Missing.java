package io.trails.dagger.internal.sandbox;

import io.trails.Reason;
import io.trails.dagger.internal.files.WithheldFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What of a session's work the host could not get, for a person. */
final class Missing {
    private static final int NAMED = 10;

    private Missing() {}

    /** What a merge must not go on without. */
    static List<Reason> all(WithheldFiles files) {
        var reasons = new ArrayList<Reason>();
        Collection<String> withheld = files.paths();
        Collection<String> lost = files.lost();
        if (!withheld.isEmpty()) reasons.add(withheld(withheld));
        if (!lost.isEmpty()) reasons.add(lost(lost));
        return reasons;
    }

    static Reason withheld(Collection<String> paths) {
        return Reason.of(
                "dagger.file-unfetched",
                named(paths)
                        + " cannot be written on this host by the user of the engine's program, and nothing but the"
                        + " container has the session's version",
                paths.size() == 1
                        ? "make room, or change its kind or name in the container; it is asked for again each time"
                        : "make room, or change their kinds or names in the container; they are asked for again each time");
    }

    static Reason lost(Collection<String> paths) {
        return Reason.of(
                "dagger.file-lost",
                named(paths)
                        + " could not be brought to this host as long as the container was there, and "
                        + (paths.size() == 1 ? "is" : "are") + " lost with it",
                paths.size() == 1
                        ? "make it again in the session, and remove it there again if it is not wanted any more"
                        : "make them again in the session, and remove there again what is not wanted any more");
    }

    /** What an export is without, as half of a change is worse than none. */
    static Reason moving(Collection<String> paths, Path directory) {
        return Reason.of(
                "dagger.file-moving",
                named(paths) + " changed on the host during the copy to " + directory + ", which is without "
                        + (paths.size() == 1 ? "it" : "them"),
                "end what writes there, and export again");
    }

    private static String named(Collection<String> paths) {
        String names = paths.stream().limit(NAMED).map(path -> "'" + path + "'").collect(Collectors.joining(", "));
        return paths.size() > NAMED ? names + " and " + (paths.size() - NAMED) + " more" : names;
    }
}
