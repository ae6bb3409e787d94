package io.trails.worktree.internal.source;

import io.trails.worktree.internal.snapshot.Snapshot;
import java.util.Optional;

/**
 * What was carried, as the message of the start commit tells it to whoever finishes later. Immutable.
 *
 * @param head the commit it was on
 * @param index tree of what was staged
 * @param files tree of all files
 */
record Work(String head, String index, String files) {
    private static final String HEAD = "Trails-Source-Head: ";
    private static final String INDEX = "Trails-Source-Index: ";
    private static final String FILES = "Trails-Source-Files: ";

    static Work of(Snapshot snapshot) {
        return new Work(snapshot.head().orElse(""), snapshot.indexTree(), snapshot.tree());
    }

    String message(String session) {
        return "Start of " + session + " with work that is not committed\n\n" + HEAD + head + "\n" + INDEX + index
                + "\n" + FILES + files + "\n";
    }

    static Optional<Work> parse(String message) {
        String head = "";
        String index = "";
        String files = "";
        for (String line : message.split("\n", -1)) {
            if (line.startsWith(HEAD)) head = line.substring(HEAD.length());
            if (line.startsWith(INDEX)) index = line.substring(INDEX.length());
            if (line.startsWith(FILES)) files = line.substring(FILES.length());
        }
        return index.isEmpty() || files.isEmpty() ? Optional.empty() : Optional.of(new Work(head, index, files));
    }
}
