package io.trails.internal.audit;

import io.trails.AuditRecord;
import io.trails.TrailsException;
import io.trails.internal.files.GroupCommit;
import io.trails.internal.files.InterProcessLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Appends records, those of several threads in one write. Thread-safe. */
final class AuditWriter {
    private final AuditFiles files;
    private final InterProcessLock lock;
    private final long full;
    private final Duration patience;
    private final Entries entries;

    // Used by the one thread that writes: GroupCommit hands them from one to the next.
    private AuditTail tail = AuditTail.empty();
    private Optional<Object> key = Optional.empty();
    private volatile boolean dirty;

    AuditWriter(AuditFiles files, InterProcessLock lock, long full, Duration patience) {
        this.files = files;
        this.lock = lock;
        this.full = full;
        this.patience = patience;
        entries = new Entries(patience);
    }

    AuditRecord append(AuditEntry entry) {
        if (!entries.await(entry)) throw unwritable("others are writing it", null);
        return entry.outcome();
    }

    /** Has the disk keep what was written. */
    void force() {
        if (!dirty) return;
        try (var file = new RandomAccessFile(files.current().toFile(), "rw")) {
            file.getFD().sync();
        } catch (IOException unforced) {
            LoggerFactory.getLogger(AuditWriter.class).warn("{} was not forced to the disk", files.current(), unforced);
        }
    }

    private void write(List<AuditEntry> waiting) throws IOException {
        InterProcessLock.Held held = lock.acquire(patience);
        try {
            int done = 0;
            while (done < waiting.size()) done = writeInto(waiting, done);
        } finally {
            held.close();
        }
    }

    /** Writes as many as the current file takes, and at least one. */
    private int writeInto(List<AuditEntry> waiting, int from) throws IOException {
        Optional<Object> now = files.key();
        try (var file = new RandomAccessFile(files.current().toFile(), "rw")) {
            if (key.isEmpty() || !key.equals(now) || file.length() != tail.end()) tail = tail(file);
            key = now;
            var bytes = new ByteArrayOutputStream();
            var lines = new ArrayList<AuditLine>();
            if (tail.unterminated()) bytes.write('\n');
            for (int i = from; i < waiting.size(); i++) {
                AuditLink before = lines.isEmpty() ? tail.last() : AuditLink.of(lines.get(lines.size() - 1));
                AuditLine line = waiting.get(i).line(before, lines.isEmpty() ? tail.torn() : "");
                long end = tail.end() + bytes.size();
                // What was torn is in this file, and so must be the record that takes it up.
                boolean movable = end > 1 && !(lines.isEmpty() && !tail.torn().isEmpty());
                if (movable && end + line.bytes().length >= full) break;
                bytes.writeBytes(line.bytes());
                bytes.write('\n');
                lines.add(line);
            }
            if (!lines.isEmpty()) {
                put(file, bytes.toByteArray());
                tail = tail.after(AuditLink.of(lines.get(lines.size() - 1)), tail.end() + bytes.size());
                for (int i = 0; i < lines.size(); i++) {
                    waiting.get(from + i).written(lines.get(i).record());
                }
            }
            if (from + lines.size() == waiting.size()) return waiting.size();
            from += lines.size();
        }
        files.rotate();
        return from;
    }

    /** A torn line is written over: the new one contains it. */
    private void put(RandomAccessFile file, byte[] bytes) throws IOException {
        dirty = true;
        long end = tail.end();
        try {
            file.seek(end);
            file.write(bytes);
            if (file.length() > end + bytes.length) file.setLength(end + bytes.length);
        } catch (IOException failure) {
            byte[] torn = tail.torn().getBytes(StandardCharsets.UTF_8);
            tail = AuditTail.empty();
            key = Optional.empty();
            try {
                file.setLength(end);
                file.seek(end);
                file.write(torn);
            } catch (IOException uncut) {
                failure.addSuppressed(uncut);
            }
            throw failure;
        }
    }

    private AuditTail tail(RandomAccessFile file) throws IOException {
        AuditTail own = AuditTail.read(file);
        Optional<Path> before = own.last().isNone() ? files.newestFull() : Optional.empty();
        if (before.isEmpty()) return own;
        AuditFiles.refuseForeign(before.get());
        try (var full = new RandomAccessFile(before.get().toFile(), "r")) {
            return new AuditTail(AuditTail.read(full).last(), own.end(), false, own.torn());
        }
    }

    private TrailsException unwritable(String why, @Nullable IOException cause) {
        String message = "The audit log " + files.current() + " cannot be written (" + why
                + "); make room and have it writable for this user, or choose another state directory with"
                + " TrailsBuilder.stateDirectory";
        return cause == null
                ? new TrailsException("audit.unwritable", message)
                : new TrailsException("audit.unwritable", message, cause);
    }

    /** The records that wait. */
    private final class Entries extends GroupCommit<AuditEntry> {
        Entries(Duration patience) {
            super(patience.multipliedBy(2));
        }

        @Override
        protected void commit(List<AuditEntry> waiting) {
            try {
                write(waiting);
            } catch (IOException refused) {
                fail(waiting, unwritable(refused.toString(), refused));
            } catch (RuntimeException | Error failure) {
                fail(waiting, failure);
            }
        }

        private void fail(List<AuditEntry> waiting, Throwable failure) {
            for (AuditEntry entry : waiting) entry.failed(failure);
        }
    }
}
