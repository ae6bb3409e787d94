package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.RepoPath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record of words that git separates with blanks, and behind them a path that may hold any byte. Immutable.
 *
 * @param words before the path
 */
record PathRecord(List<String> words, RepoPath path) {
    static PathRecord parse(RepoPath record, int words) {
        byte[] bytes = record.bytes();
        int at = 0;
        for (int passed = 0; passed < words; at++) {
            if (at == bytes.length) throw RecordFields.unknown(record);
            if (bytes[at] == ' ') passed++;
        }
        String before = new String(bytes, 0, at, StandardCharsets.US_ASCII);
        return new PathRecord(List.of(before.split(" ", -1)), record.from(at));
    }

    String word(int index) {
        return words.get(index);
    }
}
