package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** Lets a step happen in a read-only directory of the same owner, as deleting and creating is no matter of the file itself. */
final class Writable {
    private static final int OWNER = 0300;

    private Writable() {}

    /** What happens in the directory. */
    interface Step {
        void run() throws IOException;
    }

    static void run(Folder folder, Step step) throws IOException {
        try {
            step.run();
        } catch (AccessDeniedException denied) {
            int mode = folder.mode();
            if (mode < 0 || (mode & OWNER) == OWNER) throw denied;
            folder.setMode(mode | OWNER);
            try {
                step.run();
            } finally {
                folder.setMode(mode);
            }
        }
    }
}
