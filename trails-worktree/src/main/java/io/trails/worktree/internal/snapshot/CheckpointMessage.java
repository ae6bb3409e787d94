package io.trails.worktree.internal.snapshot;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The message of a checkpoint's commit, which says all that there is to know about it. Immutable.
 *
 * @param session its id
 * @param label in one line
 * @param key of the session
 * @param number makes the commit another one than that of the same files at the same time
 */
record CheckpointMessage(String session, String label, String key, int number, Instant at) {
    private static final int FIELDS = 2;
    private static final String SESSION = "Trails-Session: ";
    private static final String LABEL = "Trails-Label: ";
    private static final String KEY = "Trails-Checkpoint: ";
    private static final String AT = "Trails-At: ";

    CheckpointMessage {
        label = label.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    String text() {
        return "checkpoint " + number + " of " + session + ": " + label + "\n\n" + SESSION + session + "\n" + LABEL
                + label + "\n" + KEY + key + "/" + number + "\n" + AT + at + "\n";
    }

    Checkpoint checkpoint(String commit) {
        return new Checkpoint(commit, session, label, at);
    }

    /** Empty if the commit is no checkpoint. */
    static Optional<Checkpoint> read(String commit, String message) {
        Optional<String> session = value(message, SESSION);
        Optional<String> label = value(message, LABEL);
        Optional<String> at = value(message, AT);
        if (session.isEmpty()
                || label.isEmpty()
                || at.isEmpty()
                || value(message, KEY).isEmpty()) return Optional.empty();
        try {
            return Optional.of(new Checkpoint(commit, session.get(), label.get(), Instant.parse(at.get())));
        } catch (DateTimeException forged) {
            return Optional.empty();
        }
    }

    /** No label begins a line. */
    private static Optional<String> value(String message, String name) {
        for (String line : message.split("\n", -1)) {
            if (line.startsWith(name)) return Optional.of(line.substring(name.length()));
        }
        return Optional.empty();
    }

    /** Those below a prefix of refs, ordered by ref. */
    static List<Checkpoint> readAll(Git git, String prefix) {
        List<RepoPath> fields = git.run(
                        "for-each-ref", "--sort=refname", "--format=%(objectname)%00%(contents)%00", prefix)
                .fields();
        var found = new ArrayList<Checkpoint>();
        for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
            read(fields.get(i).text().strip(), fields.get(i + 1).text()).ifPresent(found::add);
        }
        return found;
    }

    static TrailsException unknown(String id) {
        return new TrailsException(
                "worktree.checkpoint-unknown",
                "There is no checkpoint " + id + " of this session; its checkpoints() are those that can be used");
    }
}
