package io.trails.worktree.internal.changes;

import io.trails.FileDiff;
import io.trails.worktree.internal.git.OutputReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Gives what differs file by file, while git prints it. Immutable. */
record FileDiffs(FileChanges changes, int linesPerFile, Consumer<? super FileDiff> reader) implements OutputReader {
    @Override
    public void read(InputStream output) throws IOException {
        var input = new PatchInput(output);
        var records = input.records();
        var patches = new PatchReader(input, linesPerFile);
        for (RawChange change : records) {
            FilePatch patch = patches.read(change.isSwap() ? 2 : 1);
            reader.accept(
                    new FileDiff(changes.change(change, patch.lines()), patch.binary(), patch.hunks(), patch.cut()));
        }
    }
}
