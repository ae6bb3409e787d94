package io.trails.daggerdouble.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
            if (old == null || old.running.isDone() && hasEnded(old)) {
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
        CompletableFuture.delayedExecutor(GRACE, TimeUnit.SECONDS).execute(() -> {
            One unused;
            synchronized (known) {
                One one = known.get(key);
                if (one == null || one.users > 0 || one.explicit) {
                    return;
                }
                unused = known.remove(key);
            }
            stop(unused, false);
        });
    }

    void stop(Service service, Caller caller, boolean kill) {
        One one;
        synchronized (known) {
            one = known.remove(service.key.get(caller));
        }
        stop(one, kill);
    }

    void stopAll() {
        List<One> all;
        synchronized (known) {
            all = List.copyOf(known.values());
            known.clear();
        }
        all.forEach(one -> stop(one, true));
    }

    private static boolean hasEnded(One one) {
        return one.running.isCompletedExceptionally() || one.running.join().hasEnded();
    }

    private static void stop(@Nullable One one, boolean kill) {
        if (one != null) {
            // One that is still starting stops as soon as it has.
            one.running.thenAccept(running -> running.stop(kill));
        }
    }
}
