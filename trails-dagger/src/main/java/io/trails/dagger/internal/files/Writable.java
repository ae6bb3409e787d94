package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Lets a step happen in a read-only directory of the same owner, as deleting and creating is no matter of the file itself. */
final class Writable {
    private static final int OWNER = 0300;
    private static final int PERMISSIONS = 0777;

    private Writable() {}

    /** What happens in the directory. */
    interface Step {
        void run() throws IOException;
    }

    static void run(Folder folder, Step step) throws IOException {
        try {
            step.run();
        } catch (AccessDeniedException denied) {
            int mode = mode(folder.path(), denied);
            if ((mode & OWNER) == OWNER) throw denied;
            folder.setMode(mode | OWNER);
            try {
                step.run();
            } finally {
                folder.setMode(mode);
            }
        }
    }

    private static int mode(Path directory, AccessDeniedException denied) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) throw denied;
        Map<String, Object> values = Files.readAttributes(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (Integer) values.get("mode") & PERMISSIONS;
    }
}
