package io.trails.internal.audit;

import io.trails.AuditLog;
import io.trails.AuditRecord;
import io.trails.TrailsException;
import io.trails.internal.files.InterProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The audit log in {@code audit.jsonl}: one JSON object a line, chained by SHA-256 as {@link AuditLine} says. Shared with
 * other instances and processes. Thread-safe.
 *
 * <p>Secrets are redacted before anything is hashed or written. A full file becomes {@code audit-000001.jsonl} and so on;
 * numbers and chain go on. What a crash cut off is taken up, as it is, into the details of the next record. A damaged line
 * stays where it is, and the chain goes on from the last record before it, so that damage shows in {@link #verify} and stops
 * nobody.
 *
 * <p>A record is with the operating system when {@link #append} returns: it survives any end of this process. It is forced to
 * the disk when its file is full and when the log is closed; a power cut in between can take the last records, which {@link
 * #verify} cannot see, as it cannot see any truncation at the end, without a head kept elsewhere.
 */
public final class AuditTrail implements AuditLog, AutoCloseable {
    /** The detail in which a record keeps what a crash left of another one. */
    static final String TORN = "trails.torn";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FULL = 8L * 1024 * 1024;

    private final AuditFiles files;
    private final InterProcessLock lock;
    private final AuditWriter writer;
    private final Clock clock;
    private final Object learning = new Object();
    private volatile Redactor redactor;
    private volatile boolean closed;

    /** @param full the size in bytes that a file does not exceed, but for a single longer record */
    AuditTrail(Path stateDirectory, Clock clock, Redactor redactor, long full) {
        Path directory = stateDirectory.toAbsolutePath();
        files = new AuditFiles(directory);
        lock = new InterProcessLock(directory, "audit");
        writer = new AuditWriter(files, lock, full, PATIENCE);
        this.clock = clock;
        this.redactor = redactor;
    }

    /** The log of a directory. Nothing is created before the first record. */
    public static AuditTrail open(Path stateDirectory, Clock clock, Redactor redactor) {
        return new AuditTrail(stateDirectory, clock, redactor, FULL);
    }

    /** Keeps the secrets of a session's environment out of all later records, too. */
    public void conceal(Map<String, String> environment) {
        synchronized (learning) {
            redactor = redactor.with(environment);
        }
    }

    /**
     * Adds a record at the end.
     *
     * @param type such as {@code session.opened}
     * @param session the session's name, if it concerns one
     * @param details more, by name
     * @throws TrailsException {@code audit.unwritable}; then nothing was added
     */
    public AuditRecord append(String type, Optional<String> session, Map<String, String> details) {
        if (closed) throw new IllegalStateException("The audit log is closed");
        Redactor redactor = this.redactor;
        var redacted = new HashMap<String, String>();
        for (Map.Entry<String, String> detail : details.entrySet()) {
            redacted.put(detail.getKey(), redactor.redact(detail.getValue()));
        }
        Optional<String> name = session.isPresent() ? Optional.of(redactor.redact(session.get())) : session;
        return writer.append(new AuditEntry(clock.instant(), redactor.redact(type), name, redacted));
    }

    @Override
    public List<AuditRecord> newest(int count) {
        var newest = new ArrayDeque<AuditRecord>();
        if (count <= 0) return List.of();
        try {
            List<Path> all = files.all();
            // Files are read from the newest on, until there is enough.
            for (int from = all.size() - 1; from >= 0 && newest.size() < count; from--) {
                newest.clear();
                try (AuditReader lines = reader(all.size() - from)) {
                    collect(lines, newest, count);
                }
            }
        } catch (IOException refused) {
            throw unreadable(refused);
        }
        return List.copyOf(newest);
    }

    private static void collect(AuditReader lines, ArrayDeque<AuditRecord> newest, int count) throws IOException {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            Optional<AuditLine> parsed = AuditLine.parse(line.get().bytes());
            if (parsed.isEmpty()) continue;
            if (newest.size() == count) newest.removeFirst();
            newest.add(parsed.get().record());
        }
    }

    @Override
    public Verification verify() {
        try {
            if (files.all().isEmpty()) {
                return new Verification(0, Optional.empty(), OptionalLong.empty(), Optional.empty());
            }
            try (AuditReader lines = reader(Integer.MAX_VALUE)) {
                return new ChainCheck().check(lines);
            }
        } catch (IOException refused) {
            throw unreadable(refused);
        }
    }

    /** The newest files as they are at this moment. */
    private AuditReader reader(int count) throws IOException {
        InterProcessLock.Held held = lock.acquire(PATIENCE);
        try {
            var all = new ArrayList<>(files.all());
            return new AuditReader(all.subList(Math.max(0, all.size() - count), all.size()));
        } finally {
            held.close();
        }
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        writer.force();
    }

    private TrailsException unreadable(IOException refused) {
        return new TrailsException(
                "audit.unreadable",
                "The audit log " + files.current() + " cannot be read (" + refused
                        + "); make it readable for this user",
                refused);
    }
}
