package io.trails.internal.host;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Linux's process table, read from {@code /proc}. */
final class ProcFs implements ProcessTable {
    private static final int AUXV_PAGE_SIZE = 6;
    private static final int AUXV_CLOCK_TICKS = 17;

    /** Most are shorter, and the JDK reads so many without memory of its own. */
    private static final int FILE_BYTES = 8192;

    private final Path root;
    private final long pageSize;
    private final long nanosPerTick;

    ProcFs(Path root) {
        this.root = root;
        pageSize = auxiliary(AUXV_PAGE_SIZE, 4096);
        nanosPerTick = 1_000_000_000L / auxiliary(AUXV_CLOCK_TICKS, 100);
    }

    /** What the kernel told this JVM when it started; on a 32-bit system the entries differ and the usual values stand. */
    private long auxiliary(int key, long usual) {
        try {
            ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(root.resolve("self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (entries.remaining() >= 16) {
                long found = entries.getLong();
                long value = entries.getLong();
                if (found == key && value > 0) return value;
            }
        } catch (IOException unreadable) {
            return usual;
        }
        return usual;
    }

    @Override
    public long[] pids() {
        String[] names = new File(root.toString()).list();
        if (names == null) return new long[0];
        var pids = new long[names.length];
        int count = 0;
        for (String name : names) {
            char first = name.charAt(0);
            if (first >= '1' && first <= '9') pids[count++] = Long.parseLong(name);
        }
        return Arrays.copyOf(pids, count);
    }

    @Override
    public Optional<ProcessEntry> find(long pid) {
        try {
            return Optional.of(parse(pid, new String(read(pid, "stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private ProcessEntry parse(long pid, String stat) {
        // The second field is the program's name in parentheses and may itself contain spaces and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        char state = fields[0].charAt(0);
        return new ProcessEntry(
                pid,
                Long.parseLong(fields[19]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                state == 'Z' || state == 'X',
                (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * nanosPerTick,
                (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * nanosPerTick,
                Long.parseLong(fields[21]) * pageSize);
    }

    @Override
    public Optional<String> variable(long pid, String name) {
        byte[] environment;
        try {
            environment = read(pid, "environ");
        } catch (IOException goneOrForeign) {
            return Optional.empty();
        }
        byte[] wanted = (name + "=").getBytes(StandardCharsets.US_ASCII);
        int at = 0;
        while (at < environment.length) {
            int end = at;
            while (end < environment.length && environment[end] != 0) end++;
            int value = at + wanted.length;
            if (value <= end && Arrays.equals(environment, at, value, wanted, 0, wanted.length)) {
                return Optional.of(new String(environment, value, end - value, StandardCharsets.ISO_8859_1));
            }
            at = end + 1;
        }
        return Optional.empty();
    }

    @Override
    public long ageMillis(ProcessEntry process) {
        try {
            String uptime = Files.readString(root.resolve("uptime"), StandardCharsets.US_ASCII);
            double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            return Math.max(0, (long) (seconds * 1000) - process.start() * nanosPerTick / 1_000_000);
        } catch (IOException unreadable) {
            return 0;
        }
    }

    @Override
    public long proportionalBytes(ProcessEntry process) {
        try {
            for (String line : Files.readAllLines(file(process.pid(), "smaps_rollup"), StandardCharsets.US_ASCII)) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(
                                    line.substring(4, line.lastIndexOf(' ')).trim())
                            * 1024;
                }
            }
        } catch (IOException goneOrForeign) {
            return -1;
        }
        return -1;
    }

    @Override
    public boolean readsVariables() {
        return true;
    }

    /** With as few calls as possible, for there are many to read: the end shows in a read that did not fill its buffer. */
    private byte[] read(long pid, String name) throws IOException {
        try (var in = new FileInputStream(root + "/" + pid + "/" + name)) {
            var bytes = new byte[FILE_BYTES];
            int length = Math.max(0, in.read(bytes));
            while (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
                length += Math.max(0, in.read(bytes, length, length));
            }
            return Arrays.copyOf(bytes, length);
        }
    }

    private Path file(long pid, String name) {
        return root.resolve(Long.toString(pid)).resolve(name);
    }
}
