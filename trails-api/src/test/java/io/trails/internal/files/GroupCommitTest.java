package io.trails.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Its first batch stays at work until the gate opens. */
    private final class Gated extends GroupCommit<String> {
        Gated(Duration patience) {
            super(patience);
        }

        @Override
        protected void commit(List<String> requests) {
            batches.add(List.copyOf(requests));
            if (batches.size() > 1) return;
            try {
                assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void those_who_wait_while_one_works_share_the_next_batch() throws Exception {
        var group = new Gated(Duration.ofSeconds(30));
        var threads = new ArrayList<Thread>();
        threads.add(start(() -> group.await("first")));
        await().until(() -> batches.size() == 1);
        for (int i = 0; i < 20; i++) threads.add(start(() -> group.await("later")));
        await().until(() -> threads.stream().skip(1).allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
        gate.countDown();
        for (Thread thread : threads) thread.join(30_000);
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).hasSize(20);
    }

    @Test
    void who_waits_too_long_for_its_turn_is_told_so_and_takes_no_part() throws Exception {
        var group = new Gated(Duration.ofMillis(50));
        Thread first = start(() -> group.await("first"));
        await().until(() -> batches.size() == 1);
        assertThat(group.await("impatient")).isFalse();
        gate.countDown();
        first.join(30_000);
        assertThat(group.await("next")).isTrue();
        assertThat(batches).containsExactly(List.of("first"), List.of("next"));
    }

    @Test
    void an_interrupt_takes_back_what_has_not_begun() throws Exception {
        var group = new Gated(Duration.ofSeconds(30));
        Thread first = start(() -> group.await("first"));
        await().until(() -> batches.size() == 1);
        var thrown = new AtomicReference<Throwable>();
        var flag = new CompletableFuture<Boolean>();
        Thread second = start(() -> {
            try {
                group.await("second");
            } catch (TrailsInterruptedException e) {
                thrown.set(e);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
        second.interrupt();
        assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get()).isInstanceOf(TrailsInterruptedException.class);
        gate.countDown();
        first.join(30_000);
        assertThat(batches).containsExactly(List.of("first"));
    }

    @Test
    void a_failure_does_not_stop_those_behind() {
        var group = new GroupCommit<String>(Duration.ofSeconds(30)) {
            @Override
            protected void commit(List<String> requests) {
                if (requests.contains("bad")) throw new IllegalStateException("bad");
                batches.add(requests);
            }
        };
        assertThatThrownBy(() -> group.await("bad")).hasMessage("bad");
        assertThat(group.await("good")).isTrue();
        assertThat(batches).containsExactly(List.of("good"));
    }

    private static Thread start(Runnable work) {
        var thread = new Thread(work, "trails-test-commit");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
