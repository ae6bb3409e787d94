package io.trails.worktree.internal.changes;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.OutputReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Hands a patch on while git prints it. Immutable. */
record PatchCopy(OutputStream out) implements OutputReader {
    private static final int BUFFER = 65_536;

    @Override
    public void read(InputStream patch) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = patch.read(buffer); n >= 0; n = patch.read(buffer)) write(buffer, n);
        flush();
    }

    /** Told apart from a patch that git failed to make. */
    private void write(byte[] buffer, int count) {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private static TrailsException unwritten(IOException e) {
        return new TrailsException(
                "workspace.patch-unwritten",
                "The patch could not be written: " + e.getMessage() + "; what was written of it is of no use",
                e);
    }
}
