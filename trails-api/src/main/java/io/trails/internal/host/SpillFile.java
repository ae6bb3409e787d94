package io.trails.internal.host;

import io.trails.TrailsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that gets the whole of one stream. */
record SpillFile(Path path, OutputStream stream) {
    static SpillFile open(Path base, String suffix) {
        Path path = base.resolveSibling(base.getFileName() + suffix);
        try {
            return new SpillFile(path, Files.newOutputStream(path));
        } catch (IOException e) {
            throw new TrailsException(
                    "exec.spill-failed",
                    "The output cannot be written to " + path
                            + "; name a file in a directory that exists and is writable",
                    e);
        }
    }

    /** Whether everything written is really in the file. */
    boolean close() {
        try {
            stream.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
