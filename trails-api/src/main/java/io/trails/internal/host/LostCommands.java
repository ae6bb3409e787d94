package io.trails.internal.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Ends the commands of a session that were still running when their JVM was killed, with all they started. */
final class LostCommands {
    private static final long GRACE_MILLIS = 1_000;

    private final Path directory;
    private final ProcessTable table;

    LostCommands(Path directory, ProcessTable table) {
        this.directory = directory;
        this.table = table;
    }

    void end() {
        String[] names = directory.toFile().list();
        if (names == null) return;
        for (String name : names) {
            if (CommandRecord.isForeign(name)) endThoseIn(directory.resolve(name));
        }
    }

    private void endThoseIn(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // Its JVM lives, or somebody else is at it.
            if (lock == null) return;
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                if (!line.isBlank()) end(line.strip());
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LoggerFactory.getLogger(LostCommands.class).debug("What {} says cannot be read", file, e);
        }
    }

    private void end(String line) {
        int space = line.indexOf(' ');
        if (space < 0) return;
        String mark = line.substring(0, space);
        long pid = Long.parseLong(line.substring(space + 1));
        var family = new ProcessFamily(table, Marks.EXEC, mark);
        if (pid != CommandRecord.UNKNOWN) {
            // Once the command itself has ended, the others are what it left in the background.
            if (!isMarked(pid, mark)) return;
            family.adopt(pid);
        }
        List<ProcessEntry> left = new TreeEnd(table).end(family::living, GRACE_MILLIS);
        LoggerFactory.getLogger(LostCommands.class)
                .warn(
                        "Ended command {} of {}, whose host was killed; still there: {}",
                        pid,
                        mark,
                        ProcessEntry.pids(left));
    }

    private boolean isMarked(long pid, String mark) {
        Optional<String> marks = table.variable(pid, Marks.EXEC);
        return marks.isPresent() && Marks.contains(marks.get(), mark);
    }
}
