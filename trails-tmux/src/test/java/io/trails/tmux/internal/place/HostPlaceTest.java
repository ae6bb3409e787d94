package io.trails.tmux.internal.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class HostPlaceTest extends PlaceContract {
    @Override
    Place place() {
        return new HostPlace();
    }

    @Override
    void close(Place place) {
        ((HostPlace) place).close();
    }

    @Test
    void the_thread_that_watches_ends_with_the_last_watch() {
        String name = "trails-tmux-watch";
        long others = threads(name);
        Watch one = place.watch(directory.toString());
        Watch two = place.watch(directory.toString());
        one.close();
        assertThat(threads(name)).isLessThanOrEqualTo(others + 1);
        two.close();
        await().until(() -> threads(name) <= others);

        place.watch(directory.toString());
        close(place);
        await().until(() -> threads(name) <= others);
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    @Test
    void one_watch_of_a_directory_goes_on_when_another_is_closed() {
        try (Watch kept = place.watch(directory.toString())) {
            place.watch(directory.toString()).close();
            long seen = kept.ticks();
            place.append(path("f"), new byte[1]);
            kept.await(seen, SOON);
            assertThat(kept.ticks()).isGreaterThan(seen);
        }
    }
}
