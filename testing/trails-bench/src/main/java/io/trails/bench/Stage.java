package io.trails.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the ways of one contest share: a plain tmux server, a line of trails, terminals. Single-threaded. */
final class Stage implements AutoCloseable {
    private final Scratch scratch;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, Object> shared = new HashMap<>();
    private @Nullable PlainTmux plain;
    private @Nullable OwnLine line;
    private @Nullable HeldTerminals terminals;

    Stage(Scratch scratch) {
        this.scratch = scratch;
    }

    Scratch scratch() {
        return scratch;
    }

    /** The server of the baselines. */
    PlainTmux plain() throws IOException, InterruptedException {
        if (plain == null) plain = keep(PlainTmux.start(scratch));
        return plain;
    }

    /** A server of trails without terminals, and the line to it. */
    OwnLine line() throws IOException {
        if (line == null) line = keep(OwnLine.open(scratch));
        return line;
    }

    /** Terminals of trails, on another server. */
    HeldTerminals terminals() throws IOException {
        if (terminals == null) terminals = keep(HeldTerminals.open(scratch));
        return terminals;
    }

    /** The repository of that size. */
    BenchRepository repository(Size size) throws Exception {
        return shared(
                "repository of " + size,
                () -> keep(BenchRepository.create(scratch, size.files(), size.bytesPerFile())));
    }

    /** What several ways look at: made for the first of them. */
    @SuppressWarnings("unchecked") // Whoever knows the name made it.
    <T> T shared(String name, Callable<T> making) throws Exception {
        Object known = shared.get(name);
        if (known == null) {
            known = making.call();
            shared.put(name, known);
        }
        return (T) known;
    }

    /** Closes it with the stage. */
    <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        Exception failed = null;
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                if (failed == null) failed = e;
                else failed.addSuppressed(e);
            }
        }
        if (failed != null) throw failed;
    }
}
