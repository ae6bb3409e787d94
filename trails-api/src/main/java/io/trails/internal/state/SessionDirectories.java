package io.trails.internal.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The directories of all sessions. */
final class SessionDirectories {
    private final OwnDirectory all;

    SessionDirectories(OwnDirectory all) {
        this.all = all;
    }

    /** Those of no session that is known. Empty while some session cannot be read, whose directory may be any of them. */
    List<Path> unknown(Supplier<Map<String, SessionRecord>> sessions) {
        if (!all.check()) return List.of();
        List<Path> found = list();
        // Asked for now: a session is stored before its directory is created.
        Collection<SessionRecord> known = sessions.get().values();
        Set<String> names = new HashSet<>();
        for (SessionRecord session : known) {
            if (session.isUnreadable()) return List.of();
            names.add(session.directoryName());
        }
        // One whose session was just removed is gone by now.
        found.removeIf(directory -> names.contains(directory.getFileName().toString())
                || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS));
        return found;
    }

    private List<Path> list() {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(all.path())) {
            for (Path directory : directories) found.add(directory);
        } catch (IOException refused) {
            throw StateDirectory.unwritable(all.path(), refused);
        }
        return found;
    }
}
