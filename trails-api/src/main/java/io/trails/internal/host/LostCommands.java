package io.trails.internal.host;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // Its JVM lives, or somebody else is at it.
            if (lock == null) return;
            // Not opened a second time: closing that would drop the lock.
            byte[] text = Channels.newInputStream(channel).readAllBytes();
            endAll(new String(text, StandardCharsets.US_ASCII));
            Files.deleteIfExists(file);
        } catch (OverlappingFileLockException anotherThreadIsAtIt) {
            return;
        } catch (IOException e) {
            LoggerFactory.getLogger(LostCommands.class).debug("What {} says cannot be read", file, e);
        }
    }

    /** All at once, for each may take the whole grace. */
    private void endAll(String text) {
        var lost = new ArrayList<String>();
        var families = new ArrayList<ProcessFamily>();
        for (String line : text.split("\n", -1)) {
            Optional<ProcessFamily> family = family(line.strip());
            if (family.isEmpty()) continue;
            lost.add(line.strip());
            families.add(family.get());
        }
        if (families.isEmpty()) return;
        List<ProcessEntry> left = new TreeEnd(table).end(() -> ProcessFamily.livingIn(families), GRACE_MILLIS);
        LoggerFactory.getLogger(LostCommands.class)
                .warn("Ended commands {}, whose host was killed; still there: {}", lost, ProcessEntry.pids(left));
    }

    /** That of the command of a line, or empty if the command has ended or the line is none that trails wrote whole. */
    private Optional<ProcessFamily> family(String line) {
        int space = line.indexOf(' ');
        if (space <= 0) return Optional.empty();
        String mark = line.substring(0, space);
        long pid;
        try {
            pid = Long.parseLong(line.substring(space + 1));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
        var family = new ProcessFamily(table, Marks.EXEC, mark);
        if (pid == CommandRecord.UNKNOWN) return Optional.of(family);
        // Once the command itself has ended, the others are what it left in the background.
        if (!isMarked(pid, mark)) return Optional.empty();
        family.adopt(pid);
        return Optional.of(family);
    }

    private boolean isMarked(long pid, String mark) {
        Optional<String> marks = table.variable(pid, Marks.EXEC);
        return marks.isPresent() && Marks.contains(marks.get(), mark);
    }
}
