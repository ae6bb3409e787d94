package io.trails.dagger.internal.connection;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The connections of one provider, one for each choice of an engine. Thread-safe. */
public final class Engines implements AutoCloseable {
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final Map<String, String> environment;
    private final AtomicLong generations = new AtomicLong();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private final Map<EngineChoice, Slot> slots = new HashMap<>();
    private boolean closed;

    /** @param environment of the host, which names programs and engines and is handed on where it does not hijack them */
    public Engines(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A connection that is there or on its way, and who opens it: nobody who waits for it, since they may give up. */
    private record Slot(CompletableFuture<EngineConnection> connection, Thread opener) {
        boolean isUsable() {
            if (!connection.isDone()) return true;
            return !connection.isCompletedExceptionally() && !connection.join().isLost();
        }
    }

    /**
     * The connection for a choice: the open one, or a new one if there is none or it is lost. Many callers at once get the same.
     *
     * @throws EngineUnavailableException if there is none to be had; the code says why
     * @throws TrailsInterruptedException if the thread was interrupted; others go on waiting
     */
    public EngineConnection connect(EngineChoice choice) {
        Slot slot;
        boolean fresh = false;
        synchronized (lock) {
            if (closed) throw new IllegalStateException("The engines are closed");
            slot = slots.get(choice);
            if (slot == null || !slot.isUsable()) {
                slot = slot(choice);
                slots.put(choice, slot);
                fresh = true;
            }
        }
        if (fresh) slot.opener().start();
        return await(slot, choice);
    }

    private Slot slot(EngineChoice choice) {
        var connection = new CompletableFuture<EngineConnection>();
        long generation = generations.incrementAndGet();
        var opener = new Thread(
                () -> open(new Opening(environment, choice, generation, this::lost), connection),
                "trails-dagger-connect-" + choice.name());
        opener.setDaemon(true);
        return new Slot(connection, opener);
    }

    private static void open(Opening opening, CompletableFuture<EngineConnection> connection) {
        try {
            EngineConnection opened = opening.open();
            if (connection.complete(opened)) opened.watch();
            else opened.close();
        } catch (InterruptedException | RuntimeException | Error e) {
            connection.completeExceptionally(e);
        }
    }

    private EngineConnection await(Slot slot, EngineChoice choice) {
        try {
            Duration longest = choice.startTimeout().plus(MARGIN);
            return slot.connection().get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("connecting to engine " + choice.name(), e);
        } catch (TimeoutException e) {
            throw new EngineUnavailableException(Reasons.startTimeout(choice, ""), e);
        } catch (ExecutionException e) {
            throw failed(choice, e.getCause());
        }
    }

    /** For each that waits, an exception of its own. */
    private static RuntimeException failed(EngineChoice choice, @Nullable Throwable cause) {
        if (cause instanceof EngineUnavailableException known)
            return new EngineUnavailableException(known.reason(), known);
        if (cause instanceof InterruptedException || cause instanceof IllegalStateException)
            return new IllegalStateException(
                    "The engines were closed while engine " + choice.name() + " started", cause);
        return new EngineUnavailableException(Reasons.startFailed(String.valueOf(cause)), cause);
    }

    /**
     * Tells of every connection that ends without being closed, once, on a thread that must not be blocked.
     *
     * @return ends the listening
     */
    public Runnable onLoss(Consumer<EngineLoss> listener) {
        // The same listener may listen twice, and end once.
        var own = new Listener(listener);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    private static final class Listener {
        private final Consumer<EngineLoss> told;

        private Listener(Consumer<EngineLoss> told) {
            this.told = told;
        }
    }

    private void lost(EngineLoss loss) {
        for (Listener listener : listeners) {
            try {
                listener.told.accept(loss);
            } catch (RuntimeException | Error e) {
                LoggerFactory.getLogger(Engines.class)
                        .warn(
                                "A listener failed when engine {} was lost",
                                loss.choice().name(),
                                e);
            }
        }
    }

    /**
     * Looks whether an engine can be used, without starting one, and leaves nothing behind.
     *
     * @param environment of the host
     * @param choice of the engine
     * @param deadline after which it has answered
     */
    public static EngineStanding probe(Map<String, String> environment, EngineChoice choice, Duration deadline) {
        return new Probe(environment, choice, deadline).answer();
    }

    /** Closes all connections; there are no new ones afterwards. May be called again. */
    @Override
    public void close() {
        List<Slot> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(slots.values());
            slots.clear();
        }
        for (Slot slot : all) {
            slot.connection().completeExceptionally(new IllegalStateException("closed"));
            slot.opener().interrupt();
            if (!slot.connection().isCompletedExceptionally())
                slot.connection().join().beginClose();
        }
        for (Slot slot : all) {
            if (!slot.connection().isCompletedExceptionally())
                slot.connection().join().close();
            ended(slot.opener());
        }
    }

    private static void ended(Thread opener) {
        try {
            opener.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
