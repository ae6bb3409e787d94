package io.trails.worktree.internal.changes;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.RepoPath;
import java.util.List;

/** The fields of git's NUL-separated output, one after another. Single-threaded. */
final class RecordFields {
    private final List<RepoPath> fields;
    private int at;

    RecordFields(List<RepoPath> fields) {
        this.fields = fields;
    }

    boolean more() {
        return at < fields.size();
    }

    RepoPath next() {
        if (!more()) throw unknown(RepoPath.of(""));
        return fields.get(at++);
    }

    RepoPath peek() {
        return fields.get(at);
    }

    /** A record that no known git prints: an answer built on it could be wrong. */
    static TrailsException unknown(RepoPath record) {
        return new TrailsException(
                "worktree.output-unknown",
                "git printed a record that is not known: '" + record + "'; use another version of git");
    }
}
