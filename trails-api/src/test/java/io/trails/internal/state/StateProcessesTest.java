package io.trails.internal.state;

import static io.trails.internal.state.Sessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.TrailsException;
import io.trails.internal.files.ChildJvm;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StateProcessesTest {
    /** Who shares the state with others that change it without a pause gets his turn by chance. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    /** Changes the state in one of several ways until it is done, killed or refused. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            try (var store = StateStore.open(Path.of(args[1]), Clock.systemUTC(), PATIENCE)) {
                switch (args[0]) {
                    case "count" -> {
                        for (int i = 0; i < Integer.parseInt(args[2]); i++) increment(store);
                    }
                    case "forever" -> {
                        while (true) System.out.println(increment(store));
                    }
                    default -> fill(store);
                }
            }
        }

        private static void fill(StateStore store) {
            try {
                for (int i = 0; ; i++) {
                    String name = "s" + i;
                    store.update(draft -> {
                        draft.put(Sessions.withExtra(session(name), Map.of("pad", JsonString.of("x".repeat(4000)))));
                        return name;
                    });
                    System.out.println(name);
                }
            } catch (TrailsException refused) {
                System.out.println(refused.code());
                System.out.println(store.read().size());
            }
        }
    }

    /** Moves two sessions on in one change, so that a torn write would show. */
    private static long increment(StateStore store) {
        return store.update(draft -> {
            long next = count(draft.find("left")) + 1;
            for (String name : List.of("left", "right")) {
                draft.put(Sessions.withExtra(session(name), Map.of("count", JsonNumber.of(next))));
            }
            return next;
        });
    }

    private static long count(Optional<SessionRecord> session) {
        return session.map(record -> ((JsonNumber) record.extra().members().get("count"))
                        .value()
                        .longValueExact())
                .orElse(0L);
    }

    private StateStore open() {
        return StateStore.open(directory, Clock.systemUTC(), PATIENCE);
    }

    @Test
    void two_processes_and_a_third_lose_no_change() throws Exception {
        try (var one = ChildJvm.start(Child.class, "count", directory, 150);
                var other = ChildJvm.start(Child.class, "count", directory, 150);
                var here = open()) {
            for (int i = 0; i < 150; i++) {
                increment(here);
                // What an instance closes must not set free what others in its JVM hold.
                if (i % 10 == 0) open().close();
            }
            assertThat(one.exitCode()).isZero();
            assertThat(other.exitCode()).isZero();
            assertThat(count(Optional.of(here.read().get("left")))).isEqualTo(450);
            assertThat(count(Optional.of(here.read().get("right")))).isEqualTo(450);
        }
    }

    @Test
    void a_kill_at_any_moment_leaves_the_old_state_or_the_new_one() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            long acknowledged = 0;
            try (var child = ChildJvm.start(Child.class, "forever", directory)) {
                int updates = 1 + random.nextInt(20);
                for (int i = 0; i < updates; i++) {
                    acknowledged = Long.parseLong(child.line().orElseThrow());
                }
                long until = System.nanoTime() + random.nextInt(3_000_000);
                while (System.nanoTime() < until) Thread.onSpinWait();
                child.kill();
            }
            try (var store = open()) {
                assertThat(store.problem()).as("seed %s, round %s", seed, round).isEmpty();
                long left = count(Optional.of(store.read().get("left")));
                assertThat(left).as("seed %s, round %s", seed, round).isGreaterThanOrEqualTo(acknowledged);
                assertThat(count(Optional.of(store.read().get("right")))).isEqualTo(left);
                assertThat(unfinished()).isEmpty();
            }
        }
    }

    @Test
    void a_full_disk_leaves_the_old_state_and_no_unfinished_file() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no shell that can limit file sizes");
        List<String> lines;
        try (var child = ChildJvm.startWithFileSize(64, Child.class, "fill", directory)) {
            lines = child.lines();
            assertThat(child.exitCode()).isZero();
        }
        int saved = lines.size() - 2;
        assertThat(saved).isPositive();
        assertThat(lines.get(saved)).isEqualTo("state.not-saved");
        assertThat(lines.get(saved + 1)).isEqualTo(Integer.toString(saved));
        assertThat(unfinished()).isEmpty();
        try (var store = open()) {
            assertThat(store.read().keySet()).containsExactlyElementsOf(lines.subList(0, saved));
            assertThat(store.problem()).isEmpty();
        }
    }

    private List<Path> unfinished() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }
}
