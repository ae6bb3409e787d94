package io.trails.internal.terminal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether this system can make named pipes from a shell. */
final class NamedPipes {
    private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/local/bin");

    private NamedPipes() {}

    static boolean available() {
        if (File.separatorChar != '/') return false;
        for (String directory : USUAL) {
            if (Files.isExecutable(Path.of(directory, "mkfifo"))) return true;
        }
        String path = System.getenv("PATH");
        if (path == null) return false;
        for (String directory : path.split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "mkfifo"))) return true;
        }
        return false;
    }
}
