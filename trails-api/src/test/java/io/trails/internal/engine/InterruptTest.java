package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.internal.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path project;

    @Test
    void a_change_that_ends_something_is_made_although_its_thread_is_interrupted_while_it_waits() throws Exception {
        try (StateStore state = StateStore.open(project, Clock.systemUTC())) {
            var led = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var leader = new Thread(() -> state.update(draft -> {
                led.countDown();
                return await(goOn);
            }));
            leader.start();
            assertThat(await(led)).isTrue();
            var changed = new AtomicBoolean();
            var flagged = new AtomicBoolean();
            var follower = new Thread(() -> {
                Uninterrupted.update(state, draft -> {
                    changed.set(true);
                    return true;
                });
                flagged.set(Thread.currentThread().isInterrupted());
            });
            follower.start();
            follower.interrupt();
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> follower.getState() == Thread.State.TIMED_WAITING && !follower.isInterrupted());
            goOn.countDown();
            follower.join(SOON.toMillis());

            assertThat(changed).isTrue();
            assertThat(flagged).isTrue();
            leader.join(SOON.toMillis());
        }
    }

    @Test
    void threads_that_are_interrupted_at_any_moment_leave_nothing_half_created_or_half_removed() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<TrailsEvent.Type> events = new CopyOnWriteArrayList<>();
        try (Trails trails = Trails.create(project)) {
            trails.onEvent(event -> events.add(event.type()));
            var over = new AtomicBoolean();
            List<Thread> threads = new ArrayList<>();
            List<Throwable> unexpected = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "s" + i;
                var thread = new Thread(() -> churn(trails, name, over));
                thread.setUncaughtExceptionHandler((dead, thrown) -> {
                    synchronized (unexpected) {
                        unexpected.add(thrown);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
            while (System.nanoTime() < end) {
                threads.get(random.nextInt(4)).interrupt();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(10_000)));
            }
            // On a busy machine none may have come to its end between two interrupts.
            Awaitility.await().atMost(SOON).until(() -> events.contains(TrailsEvent.Type.SESSION_REMOVED));
            over.set(true);
            for (Thread thread : threads) thread.join(30_000);

            assertThat(unexpected).as("seed %d", seed).isEmpty();
            assertThat(trails.sessions())
                    .as("seed %d", seed)
                    .noneMatch(info -> info.state() == SessionState.CREATING || info.state() == SessionState.REMOVING);
        }
        assertThat(events)
                .as("seed %d", seed)
                .contains(TrailsEvent.Type.SESSION_REMOVED)
                .doesNotContain(TrailsEvent.Type.AUDIT_FAILED);
    }

    private static void churn(Trails trails, String name, AtomicBoolean over) {
        while (!over.get()) {
            try {
                Session session = trails.find(name).orElse(null);
                if (session == null) {
                    trails.open(SessionSpec.named(name).mode(Mode.DIRECT).build());
                } else {
                    session.remove(RemovalPolicy.safe());
                }
            } catch (TrailsInterruptedException expected) {
                Thread.interrupted();
            } catch (TrailsException other) {
                if (!(other.getCause() instanceof TrailsInterruptedException)) throw other;
                Thread.interrupted();
            }
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
