package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Copies files, a batch at a time beside each other, while further directories are made. Single-threaded. */
final class Seeding {
    private static final int LARGEST_BATCH = 256;
    private static final int SMALLEST_BATCH = 16;
    private static final int BATCHES_PER_THREAD = 8;

    private final CopyThreads threads;
    private final ObjectHash hash;
    private final SeedPaths paths;
    private final List<Future<List<Optional<Stat>>>> running = new ArrayList<>();
    private final Queue<FileCopy> idle = new ConcurrentLinkedQueue<>();
    private final List<Seed> links = new ArrayList<>();
    private final List<Seed> placed = new ArrayList<>();
    private List<Seed> batch = new ArrayList<>();

    Seeding(CopyThreads threads, ObjectHash hash, Path source, Path tree) {
        this.threads = threads;
        this.hash = hash;
        paths = new SeedPaths(source, tree);
    }

    /**
     * Copies what can be copied.
     *
     * @param wanted regular files and links, in git's order
     * @return those that are there now, in the same order, with the stat of their new file
     */
    List<IndexEntry> copy(List<IndexEntry> wanted) throws IOException, ExecutionException {
        int size = wanted.size() / (BATCHES_PER_THREAD * Checkout.workers());
        size = Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, size));
        for (IndexEntry entry : wanted) {
            Optional<Seed> seed = paths.place(entry);
            if (seed.isEmpty()) continue;
            placed.add(seed.get());
            if (entry.isFile()) batch.add(seed.get());
            else links.add(seed.get());
            if (batch.size() >= size) startBatch();
        }
        startBatch();
        return finish();
    }

    private void startBatch() {
        List<Seed> seeds = batch;
        batch = new ArrayList<>();
        if (seeds.isEmpty()) return;
        running.add(threads.start(() -> {
            FileCopy copy = Objects.requireNonNullElseGet(idle.poll(), () -> new FileCopy(hash));
            var stats = new ArrayList<Optional<Stat>>(seeds.size());
            for (Seed seed : seeds) stats.add(copy.copy(seed));
            idle.add(copy);
            return stats;
        }));
    }

    /** Links come last: no directory and no file is ever made by way of one, whatever the file system thinks is one name. */
    private List<IndexEntry> finish() throws IOException, ExecutionException {
        var files = new ArrayList<Optional<Stat>>();
        for (Future<List<Optional<Stat>>> task : running) files.addAll(threads.await(task));
        var copy = new FileCopy(hash);
        var linked = new ArrayList<Optional<Stat>>();
        for (Seed seed : links) linked.add(copy.link(seed));
        var done = new ArrayList<IndexEntry>(placed.size());
        int file = 0;
        int link = 0;
        for (Seed seed : placed) {
            Optional<Stat> stat = seed.entry().isFile() ? files.get(file++) : linked.get(link++);
            stat.ifPresent(known -> done.add(seed.entry().with(known)));
        }
        return done;
    }
}
