package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.LineCount;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tells changes from {@code --raw --numstat -z}, and as a host sees them. Immutable. */
record FileChanges(PathView view) {
    /** Both parts list the same files in the same order. */
    List<Change> parse(List<RepoPath> output) {
        var fields = new RecordFields(output);
        var raw = new ArrayList<RawChange>();
        while (fields.more() && fields.peek().text().startsWith(":")) raw.add(RawChange.parse(fields.next(), fields));
        var changes = new ArrayList<Change>(raw.size());
        for (RawChange change : raw) changes.add(change(change, lines(change, fields)));
        return changes;
    }

    /** {@code added TAB deleted TAB path}, or with both paths behind it for a rename. */
    private static Optional<LineCount> lines(RawChange change, RecordFields fields) {
        RepoPath field = fields.next();
        String[] counts = field.text().split("\t", 3);
        if (counts.length < 3) throw RecordFields.unknown(field);
        if (change.previous().isPresent()) {
            fields.next();
            fields.next();
        }
        if (counts[0].equals("-")) return Optional.empty();
        return Optional.of(new LineCount(Long.parseLong(counts[0]), Long.parseLong(counts[1])));
    }

    /** @param counted empty if the file is binary */
    Change change(RawChange change, Optional<LineCount> counted) {
        return new Change(
                view.shown(change.path()), change.kind(), change.previous().map(view::shown), lines(change, counted));
    }

    /** Where the content is the same nothing differs, whatever it is; two files that only share a name have no common lines. */
    private static Optional<LineCount> lines(RawChange change, Optional<LineCount> counted) {
        if (change.isSwap()) return Optional.empty();
        return change.sameContent() ? Optional.of(new LineCount(0, 0)) : counted;
    }

    /** Changes of files that could not be read. */
    NavigableMap<RepoPath, Change> unread(Collection<RepoPath> paths, Candidates candidates) {
        var changes = new TreeMap<RepoPath, Change>();
        Set<RepoPath> then = candidates.then().keySet();
        for (RepoPath path : paths) {
            boolean old = then.contains(path);
            changes.put(path, Change.of(view.shown(path), old ? Change.Kind.MODIFIED : Change.Kind.ADDED));
        }
        return changes;
    }
}
