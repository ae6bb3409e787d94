package io.trails.daggerdouble.run;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * Runs what several ask for at the same time only once, in a thread of its own; it is cancelled when the last of them has gone.
 * Thread-safe.
 */
public final class Flights<T> {

    private final ThreadFactory threads;
    private final Map<String, Flight<T>> flying = new HashMap<>();

    public Flights(ThreadFactory threads) {
        this.threads = threads;
    }

    public T join(String key, Cancel waiter, Function<Cancel, T> work) {
        Flight<T> flight;
        boolean first = false;
        synchronized (flying) {
            Flight<T> known = flying.get(key);
            if (known == null || known.waiting == 0) {
                known = new Flight<>();
                flying.put(key, known);
                first = true;
            }
            flight = known;
            flight.waiting++;
        }
        if (first) {
            Flight<T> mine = flight;
            threads.newThread(() -> fly(key, mine, work)).start();
        }
        try {
            return waiter.await(flight.landed);
        } finally {
            leave(flight);
        }
    }

    private void fly(String key, Flight<T> flight, Function<Cancel, T> work) {
        try {
            flight.landed.complete(work.apply(flight.cancel));
        } catch (RuntimeException | Error e) {
            flight.landed.completeExceptionally(e);
        } finally {
            synchronized (flying) {
                flying.remove(key, flight);
            }
        }
    }

    private void leave(Flight<T> flight) {
        synchronized (flying) {
            if (--flight.waiting > 0) {
                return;
            }
        }
        flight.cancel.cancel();
    }

    private static final class Flight<T> {
        final CompletableFuture<T> landed = new CompletableFuture<>();
        final Cancel cancel = new Cancel();
        int waiting;
    }
}
