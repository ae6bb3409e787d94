package io.trails.internal.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** What trails keeps in a state directory that others may enter, such as one that git made for committed settings. */
final class MachineFiles {
    /** Names of what there is, or one of a kind. */
    static final List<String> NAMES = List.of(
            "state.json",
            "state.lock",
            "state.gate",
            "state.v0.json",
            "state.corrupt-20260101.json",
            "audit.jsonl",
            "audit-000001.jsonl",
            "audit.lock",
            "audit.gate",
            "agent-comm.log",
            "agent-comm.old.log",
            "agent-comm.lock",
            "agent-comm.gate",
            "instances",
            "recordings",
            "sessions");

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path directory;

    MachineFiles(Path directory) {
        this.directory = directory;
    }

    /** Takes from others what versions of trails that left it to the umask gave them. */
    void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (isOurs(file.getFileName().toString())) close(file);
            }
        } catch (IOException refused) {
            // Another user's, perhaps: what this one creates is closed anyway.
            LoggerFactory.getLogger(MachineFiles.class).debug("Left permissions in {} as they are", directory, refused);
        }
    }

    private static void close(Path file) throws IOException {
        PosixFileAttributes found;
        try {
            found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException replaced) {
            return;
        }
        if (!found.isRegularFile() && !found.isDirectory()) return;
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(found.permissions());
        if (permissions.retainAll(OWNERS)) Files.setPosixFilePermissions(file, permissions);
    }

    private static boolean isOurs(String name) {
        boolean full = name.startsWith("audit-") && name.endsWith(".jsonl");
        boolean kept = (name.startsWith("state.corrupt-") || name.startsWith("state.v0")) && name.endsWith(".json");
        return full || kept || NAMES.contains(name);
    }
}
