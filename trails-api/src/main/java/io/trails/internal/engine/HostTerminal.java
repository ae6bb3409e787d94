package io.trails.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person could be sitting in front of this JVM. */
final class HostTerminal {
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    private HostTerminal() {}

    /** Looks at the standard input where the system shows it: {@link System#console()} is never null on some JDKs. */
    @SuppressWarnings("SystemConsoleNull") // asked only where there is no /proc, and the better answer is not in JDK 17
    static boolean isAttached() {
        try {
            String target = Files.readSymbolicLink(STANDARD_INPUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null;
        }
    }
}
