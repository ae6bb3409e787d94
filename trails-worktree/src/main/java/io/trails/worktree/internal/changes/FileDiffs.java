package io.trails.worktree.internal.changes;

import io.trails.Change;
import io.trails.FileDiff;
import io.trails.worktree.internal.git.OutputReader;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gives what differs file by file, while git prints it. Immutable.
 *
 * @param unread files that could not be read, by path
 */
record FileDiffs(
        FileChanges changes, int linesPerFile, NavigableMap<RepoPath, Change> unread, Consumer<? super FileDiff> reader)
        implements OutputReader {
    @Override
    public void read(InputStream output) throws IOException {
        var input = new PatchInput(output);
        var records = input.records();
        var patches = new PatchReader(input, linesPerFile);
        var waiting = new TreeMap<>(unread);
        for (RawChange change : records) {
            NavigableMap<RepoPath, Change> before = waiting.headMap(change.path(), true);
            giveUnread(before);
            before.clear();
            FilePatch patch = patches.read(change.isSwap() ? 2 : 1);
            reader.accept(
                    new FileDiff(changes.change(change, patch.lines()), patch.binary(), patch.hunks(), patch.cut()));
        }
        giveUnread(waiting);
    }

    private void giveUnread(NavigableMap<RepoPath, Change> files) {
        for (Change file : files.values()) reader.accept(new FileDiff(file, false, List.of(), true));
    }
}
