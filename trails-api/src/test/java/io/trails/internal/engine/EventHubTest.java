package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.trails.Reason;
import io.trails.Registration;
import io.trails.TrailsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventHubTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private EventHub hub = new EventHub();

    @Test
    void every_listener_sees_every_event_in_order() {
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        hub.register(event -> first.add(event.reason().message()), List.of());
        hub.register(event -> second.add(event.reason().message()), List.of());

        publish(200);
        hub.close();

        List<String> all = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
        assertThat(first).isEqualTo(all);
        assertThat(second).isEqualTo(all);
    }

    @Test
    void a_listener_that_throws_sees_the_next_event_and_harms_nobody() {
        AtomicInteger calls = new AtomicInteger();
        List<String> other = new CopyOnWriteArrayList<>();
        hub.register(
                event -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("listener says no");
                },
                List.of());
        hub.register(event -> other.add(event.reason().message()), List.of());

        publish(3);
        hub.close();

        assertThat(calls).hasValue(3);
        assertThat(other).hasSize(3);
    }

    @Test
    void a_listener_that_interrupts_itself_goes_on() {
        AtomicInteger calls = new AtomicInteger();
        hub.register(
                event -> {
                    calls.incrementAndGet();
                    Thread.currentThread().interrupt();
                },
                List.of());

        publish(3);

        await().atMost(SOON).until(() -> calls.get() == 3);
        hub.close();
    }

    @Test
    void a_listener_that_blocks_delays_neither_the_publisher_nor_the_others() {
        hub = new EventHub(Duration.ofMillis(100));
        CountDownLatch never = new CountDownLatch(1);
        List<String> other = new CopyOnWriteArrayList<>();
        List<Thread> blocked = Collections.synchronizedList(new ArrayList<>());
        hub.register(
                event -> {
                    blocked.add(Thread.currentThread());
                    try {
                        never.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                List.of());
        hub.register(event -> other.add(event.reason().message()), List.of());

        publish(20_000);

        await().atMost(SOON).until(() -> !blocked.isEmpty() && other.contains("19999"));
        hub.close();
        await().atMost(SOON).until(() -> !blocked.get(0).isAlive());
    }

    @Test
    void many_listeners_that_block_delay_the_end_no_longer_than_one() {
        hub = new EventHub(Duration.ofMillis(500));
        CountDownLatch never = new CountDownLatch(1);
        List<Thread> blocked = new CopyOnWriteArrayList<>();
        int many = 40;
        for (int i = 0; i < many; i++) {
            hub.register(
                    event -> {
                        blocked.add(Thread.currentThread());
                        try {
                            never.await();
                        } catch (InterruptedException ended) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    List.of());
        }
        publish(2);
        await().atMost(SOON).until(() -> blocked.size() == many);

        // One after the other they would take twenty seconds.
        assertTimeout(Duration.ofSeconds(15), () -> hub.close());
        await().atMost(SOON).until(() -> blocked.stream().noneMatch(Thread::isAlive));
        assertThat(blocked).hasSize(many);
    }

    @Test
    void after_its_registration_is_closed_a_listener_is_not_called() {
        List<String> seen = new CopyOnWriteArrayList<>();
        Registration registration =
                hub.register(event -> seen.add(event.reason().message()), List.of());
        publish(1);
        registration.close();
        registration.close();

        publish(5);
        hub.close();

        await().atMost(SOON).until(() -> seen.equals(List.of("0")));
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            hub.publish(new TrailsEvent(
                    TrailsEvent.Type.SESSION_OPENED,
                    Instant.EPOCH,
                    Optional.of("s"),
                    Reason.of("test", String.valueOf(i)),
                    Map.of()));
        }
    }
}
