package io.trails.tmux.internal.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.spi.SandboxCapability;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class SandboxPlaceTest extends PlaceContract {
    @Override
    Place place() {
        return new SandboxPlace(new ProcessSandbox(Set.of(SandboxCapability.STREAMS)));
    }

    @Override
    void close(Place place) {
        ((SandboxPlace) place).close();
    }

    @Test
    void closing_a_watch_ends_its_process() {
        Set<ProcessHandle> others = children();
        Watch watch = place.watch(directory.toString());
        Set<ProcessHandle> watching = children();
        watching.removeAll(others);
        assertThat(watching).isNotEmpty();
        watch.close();
        await().until(() -> watching.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Those that other tests ended may not be gone yet. */
    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    @Test
    void a_watch_whose_process_was_killed_still_sees_changes() throws Exception {
        try (Watch watch = place.watch(directory.toString())) {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            long seen = watch.ticks();
            watch.await(seen, SOON);
            assertThat(watch.ticks()).isGreaterThan(seen);
            assertThat(seesFile(watch, directory.resolve("new"))).isTrue();
        }
    }
}
