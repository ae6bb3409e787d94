package io.trails.daggerdouble.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The services of a session: those started for a command end some time after it, the others when they are stopped. Thread-safe. */
final class Services {

    private static final int GRACE = 10;

    private static final class One {
        final CompletableFuture<Running> running = new CompletableFuture<>();
        boolean explicit;
        int users;
    }

    private final Map<String, One> known = new HashMap<>();

    Running start(Service service, Caller caller, boolean explicit) {
        String key = service.key.get(caller);
        One one;
        boolean first = false;
        synchronized (known) {
            One old = known.get(key);
            if (old == null || (old.running.isDone() && hasEnded(old))) {
                old = new One();
                known.put(key, old);
                first = true;
            }
            one = old;
            one.explicit |= explicit;
            one.users += explicit ? 0 : 1;
        }
        if (first) {
            try {
                one.running.complete(service.start.run(this, caller));
            } catch (RuntimeException e) {
                synchronized (known) {
                    known.remove(key, one);
                }
                one.running.completeExceptionally(e);
            }
        }
        try {
            return one.running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof GraphFailure failure ? failure : e;
        }
    }

    /** A command that needed a service has ended. */
    void release(Service service, Caller caller) {
        String key = service.key.get(caller);
        synchronized (known) {
            One one = known.get(key);
            if (one != null) {
                one.users--;
            }
        }
        CompletableFuture.delayedExecutor(GRACE, TimeUnit.SECONDS).execute(() -> endUnused(key));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void endUnused(String key) {
        One one;
        synchronized (known) {
            one = known.get(key);
            if (one == null || one.users > 0 || one.explicit) {
                return;
            }
            known.remove(key);
        }
        one.running.whenComplete((running, failure) -> {
            if (running != null) {
                terminate(running);
            }
        });
    }

    /** Stops a service; unless it is killed it may take as long as it likes, and the caller waits. */
    void stop(Service service, Caller caller, boolean kill) {
        One one;
        synchronized (known) {
            one = known.remove(service.key.get(caller));
        }
        if (one == null) {
            return;
        }
        Running running = one.running.join();
        if (kill) {
            running.kill();
            return;
        }
        running.terminate();
        caller.cancel().await(running.end().handle((exit, failure) -> true));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void stopAll() {
        List<One> all;
        synchronized (known) {
            all = List.copyOf(known.values());
            known.clear();
        }
        // One that is still starting ends as soon as it has.
        all.forEach(one -> one.running.whenComplete((running, failure) -> {
            if (running != null) {
                running.kill();
            }
        }));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void terminate(Running running) {
        running.terminate();
        running.end()
                .handle((exit, failure) -> exit)
                .orTimeout(GRACE, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    running.kill();
                    return null;
                });
    }

    private static boolean hasEnded(One one) {
        return one.running.isCompletedExceptionally()
                || one.running.join().end().isDone();
    }
}
