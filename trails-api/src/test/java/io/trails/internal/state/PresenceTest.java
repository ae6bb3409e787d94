package io.trails.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.internal.files.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
    @TempDir
    Path directory;

    /** Says who it is and whether others live, as asked on standard input. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            try (var store = StateStore.open(Path.of(args[0]), Clock.systemUTC())) {
                if (args[1].equals("live")) {
                    System.out.println(store.presence());
                    Thread.currentThread().join();
                } else {
                    System.out.println(store.isAlive(args[1]));
                }
            }
        }
    }

    private StateStore open() {
        return StateStore.open(directory, Clock.systemUTC());
    }

    private String seenByAnotherProcess(String presence) throws IOException {
        try (var child = ChildJvm.start(Child.class, directory, presence)) {
            return child.line().orElseThrow();
        }
    }

    @Test
    void an_instance_lives_until_it_is_closed() throws IOException {
        try (var watcher = open()) {
            var store = open();
            String presence = store.presence();
            assertThat(store.presence()).isEqualTo(presence);
            assertThat(watcher.isAlive(presence)).isTrue();
            assertThat(seenByAnotherProcess(presence)).isEqualTo("true");
            store.close();
            assertThat(watcher.isAlive(presence)).isFalse();
            assertThat(seenByAnotherProcess(presence)).isEqualTo("false");
        }
    }

    @Test
    void being_looked_at_by_instances_of_its_own_process_does_not_end_it() throws IOException {
        try (var store = open()) {
            String presence = store.presence();
            assertThat(store.isAlive(presence)).isTrue();
            try (var sibling = open()) {
                assertThat(sibling.isAlive(presence)).isTrue();
                assertThat(sibling.presence()).isNotEqualTo(presence);
            }
            assertThat(seenByAnotherProcess(presence)).isEqualTo("true");
        }
    }

    @Test
    void a_killed_process_is_dead_and_swept_by_the_next_one() throws Exception {
        String presence;
        try (var watcher = open()) {
            try (var child = ChildJvm.start(Child.class, directory, "live")) {
                presence = child.line().orElseThrow();
                assertThat(watcher.isAlive(presence)).isTrue();
                child.kill();
            }
            assertThat(watcher.isAlive(presence)).isFalse();
            watcher.presence();
        }
        assertThat(directory.resolve("instances/" + presence + ".lock")).doesNotExist();
    }

    @Test
    void a_living_process_is_not_swept() throws Exception {
        try (var child = ChildJvm.start(Child.class, directory, "live")) {
            String presence = child.line().orElseThrow();
            try (var store = open()) {
                store.presence();
                assertThat(store.isAlive(presence)).isTrue();
            }
        }
    }

    @Test
    void an_id_that_leads_elsewhere_is_nobody() throws IOException {
        Files.createFile(directory.resolve("x.lock"));
        try (var store = open()) {
            store.presence();
            for (String hostile : List.of("", "../x", "/etc/passwd", "a\0b", "x".repeat(5000), "nobody")) {
                assertThat(store.isAlive(hostile)).as(hostile).isFalse();
            }
        }
    }

    @Test
    void every_instance_has_its_own() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            try (var store = open()) {
                assertThat(seen.add(store.presence())).isTrue();
            }
        }
    }
}
