package io.trails.internal.providers;

import io.trails.Reason;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks every provider once whether it can be used. All are asked at the same time, each on a thread of its own: one that
 * hangs costs the deadline once, and its interrupted daemon thread.
 */
final class Probes {
    /** A probe that keeps to the deadline may be late on a machine so busy that its classes take seconds to load. */
    private static final int GRACE = 3;

    private final ProbeContext context;
    private final IdentityHashMap<Provider, FutureTask<Availability>> probes = new IdentityHashMap<>();
    private final AtomicLong deadline = new AtomicLong();

    Probes(List<Provider> providers, ProbeContext context) {
        this.context = context;
        for (Provider provider : providers) probes.put(provider, new FutureTask<>(() -> probe(provider)));
    }

    Availability of(Provider provider) {
        FutureTask<Availability> probe = probes.get(provider);
        if (probe == null) throw new IllegalArgumentException("Not one of this registry: " + provider.getClass());
        start();
        try {
            return probe.get(Math.max(0, deadline.get() - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            probe.cancel(true);
            return tooLate();
        } catch (CancellationException cancelled) {
            return tooLate();
        } catch (ExecutionException thrown) {
            return failed(thrown.getCause() == null ? thrown : thrown.getCause());
        } catch (InterruptedException interrupted) {
            throw new TrailsInterruptedException(
                    "probing " + provider.getClass().getName(), interrupted);
        }
    }

    private void start() {
        if (deadline.get() != 0) return;
        long end = System.nanoTime() + patience().toNanos();
        if (!deadline.compareAndSet(0, end == 0 ? 1 : end)) return;
        List<Thread> threads = new ArrayList<>();
        for (Map.Entry<Provider, FutureTask<Availability>> probe : probes.entrySet()) {
            var thread = new Thread(
                    probe.getValue(),
                    "trails-probe-" + probe.getKey().getClass().getSimpleName());
            thread.setDaemon(true);
            threads.add(thread);
        }
        for (Thread thread : threads) thread.start();
    }

    private Availability probe(Provider provider) {
        return Objects.requireNonNull(provider.probe(context), "the probe gave null");
    }

    private Duration patience() {
        return context.timeout().multipliedBy(GRACE);
    }

    private Availability tooLate() {
        return Availability.unavailable(Reason.of(
                "provider.probe-timeout",
                "Its probe did not answer within " + patience().toMillis() + " ms",
                "See whether the tool behind it hangs"));
    }

    private static Availability failed(Throwable thrown) {
        return Availability.unavailable(
                Reason.of("provider.probe-failed", "Its probe failed: " + thrown, "Fix the provider or remove it"));
    }
}
