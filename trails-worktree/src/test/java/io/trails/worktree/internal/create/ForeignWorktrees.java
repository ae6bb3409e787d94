package io.trails.worktree.internal.create;

import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who adds, lists, prunes and removes worktrees all the time with git alone. What fails of it is git's affair. */
final class ForeignWorktrees implements AutoCloseable {
    private final TestRepository repository;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Thread thread;

    private ForeignWorktrees(TestRepository repository) {
        this.repository = repository;
        thread = new Thread(this::loop, "foreign-worktrees");
    }

    static ForeignWorktrees start(TestRepository repository) throws IOException {
        var foreign = new ForeignWorktrees(repository);
        foreign.thread.start();
        return foreign;
    }

    private void loop() {
        while (!stopped.get()) {
            String path = "../foreign-" + rounds.getAndIncrement();
            repository.tryGit("worktree", "add", "-q", "--detach", path);
            repository.tryGit("worktree", "list", "--porcelain");
            repository.tryGit("worktree", "prune", "--expire", "now");
            repository.tryGit("worktree", "remove", path);
        }
    }

    /** How many rounds it made. */
    int stop() throws InterruptedException {
        stopped.set(true);
        thread.join(TimeUnit.MINUTES.toMillis(1));
        return rounds.get();
    }

    @Override
    public void close() {
        stopped.set(true);
    }
}
