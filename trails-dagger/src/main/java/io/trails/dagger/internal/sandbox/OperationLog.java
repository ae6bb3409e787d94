package io.trails.dagger.internal.sandbox;

import io.trails.TrailsException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which commands made a session's system what it is, since its container was last made of its recipe. Survives the JVM; bounded:
 * of too many the oldest are forgotten, and then it says so. Single-threaded, in the session's turn.
 */
final class OperationLog {
    private static final int MOST = 2_000;
    private static final long LONGEST = 4L << 20;
    private static final String FORGOTTEN = "forgotten";

    private final Path file;
    private final OperationCodec codec = new OperationCodec();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private boolean forgetful;

    OperationLog(Path own) {
        file = own.resolve("operations.jsonl");
        forgetful = Files.exists(file.resolveSibling(FORGOTTEN));
        load();
    }

    private void load() {
        try {
            if (Files.size(file) > 2 * LONGEST) throw new IOException("longer than it can be");
            for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n", -1)) {
                codec.read(line).ifPresent(this::take);
            }
        } catch (NoSuchFileException noneYet) {
            operations.clear();
        } catch (IOException e) {
            // What is not known cannot be run again; the session's files do not depend on it.
            operations.clear();
            forgetful = true;
        }
    }

    private void take(OperationCodec.Line line) {
        if (line.began().isPresent()) operations.put(line.nonce(), line.began().get());
        else operations.computeIfPresent(line.nonce(), (nonce, operation) -> operation.ended(line.exitCode()));
    }

    /** In the order they were run. */
    List<Operation> all() {
        return List.copyOf(operations.values());
    }

    /** Whether older ones are missing. */
    boolean isForgetful() {
        return forgetful;
    }

    int size() {
        return operations.size();
    }

    /** Written down before the engine hears of it. */
    void began(Operation operation) {
        operations.put(operation.nonce(), operation);
        append(codec.began(operation), true);
        if (operations.size() > MOST) keep(operations.size() - MOST / 2, operations.size());
    }

    void ended(String nonce, OptionalInt exitCode) {
        if (exitCode.isEmpty()) return;
        operations.computeIfPresent(nonce, (known, operation) -> operation.ended(exitCode.getAsInt()));
        append(codec.ended(nonce, exitCode.getAsInt()), false);
    }

    /** Forgets what did not happen after all. */
    void cancel(String nonce) {
        if (operations.remove(nonce) != null) rewrite();
    }

    /** Forgets all, for a container that is made of its recipe. */
    void clear() {
        if (operations.isEmpty() && !forgetful) return;
        operations.clear();
        forgetful = false;
        rewrite();
    }

    /** Forgets what came after the first ones, for a container as it was then. */
    void truncate(int first) {
        if (first < operations.size()) keep(0, first);
    }

    private void keep(int from, int to) {
        var kept = new ArrayList<>(operations.values()).subList(from, Math.min(to, operations.size()));
        var copy = List.copyOf(kept);
        operations.clear();
        for (Operation operation : copy) operations.put(operation.nonce(), operation);
        forgetful |= from > 0;
        rewrite();
    }

    /** A stream, not a channel: an interrupt of the calling thread would close a channel. */
    private void append(byte[] line, boolean durable) {
        try (var out = new FileOutputStream(file.toFile(), true)) {
            out.write(line);
            if (durable) out.getFD().sync();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void rewrite() {
        try {
            Path next = file.resolveSibling("operations.new");
            try (var out = new FileOutputStream(next.toFile())) {
                for (Operation operation : operations.values()) {
                    out.write(codec.began(operation));
                    if (operation.exitCode().isPresent()) {
                        out.write(codec.ended(
                                operation.nonce(), operation.exitCode().getAsInt()));
                    }
                }
                out.getFD().sync();
            }
            Path mark = file.resolveSibling(FORGOTTEN);
            if (!forgetful) Files.deleteIfExists(mark);
            else if (!Files.exists(mark)) Files.createFile(mark);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private TrailsException unwritable(IOException e) {
        return new TrailsException(
                "dagger.files-unwritable", file + " cannot be written; make room or make it writable", e);
    }
}
