package io.trails.worktree.internal.merge;

import io.trails.Change;
import io.trails.Changes;
import io.trails.LineCount;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a target would get: the files in which two trees differ, relative to the repository's root. */
final class MergeChanges {
    private MergeChanges() {}

    static Changes none() {
        return new Changes(List.of(), List.of());
    }

    static Changes between(MergeStore store, String before, String after) {
        GitCall diff = GitCall.of(
                "diff-tree", "-r", "-z", "-M", "--raw", "--numstat", "--no-ext-diff", "--no-textconv", before, after);
        Iterator<RepoPath> fields = store.run(diff).fields().iterator();
        var kinds = new ArrayList<Change>();
        var lines = new HashMap<String, LineCount>();
        while (fields.hasNext()) {
            RepoPath field = fields.next();
            if (field.length() == 0) continue;
            String text = field.latin();
            if (text.charAt(0) == ':') kinds.add(change(text.split(" ", -1), fields));
            else count(field, fields, lines);
        }
        return new Changes(
                kinds.stream()
                        .map(change -> new Change(
                                change.path(), change.kind(), change.previousPath(), find(lines, change.path())))
                        .sorted(Comparator.comparing(Change::path))
                        .toList(),
                List.of());
    }

    private static Optional<LineCount> find(Map<String, LineCount> lines, String path) {
        return Optional.ofNullable(lines.get(path));
    }

    private static Change change(String[] words, Iterator<RepoPath> fields) {
        String path = fields.next().text();
        return switch (words[4].charAt(0)) {
            case 'A' -> Change.of(path, Change.Kind.ADDED);
            case 'D' -> Change.of(path, Change.Kind.DELETED);
            case 'T' -> Change.of(path, Change.Kind.TYPE_CHANGED);
            case 'R' -> new Change(fields.next().text(), Change.Kind.RENAMED, Optional.of(path));
            default -> Change.of(path, words[2].equals(words[3]) ? Change.Kind.MODE_CHANGED : Change.Kind.MODIFIED);
        };
    }

    /** Added, tab, deleted, tab, and the path, which for a renamed file follows with the former one before it. */
    private static void count(RepoPath field, Iterator<RepoPath> fields, Map<String, LineCount> lines) {
        String[] words = field.latin().split("\t", 3);
        String path = field.from(words[0].length() + words[1].length() + 2).text();
        if (path.isEmpty()) {
            fields.next();
            path = fields.next().text();
        }
        if (!words[0].equals("-"))
            lines.put(path, new LineCount(Integer.parseInt(words[0]), Integer.parseInt(words[1])));
    }
}
