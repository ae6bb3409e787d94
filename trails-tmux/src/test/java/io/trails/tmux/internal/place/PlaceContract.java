package io.trails.tmux.internal.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every place guarantees. */
@Timeout(60)
abstract class PlaceContract {
    static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    Place place;
    Path directory;

    abstract Place place();

    /** Lets go of a place. */
    abstract void close(Place place);

    @BeforeEach
    void make() throws Exception {
        place = place();
        directory = Files.createDirectory(root.resolve("a directory's name; $HOME"));
    }

    @AfterEach
    void letGo() {
        close(place);
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void what_is_written_is_read_byte_for_byte() {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);

        place.write(path("f"), bytes);

        assertThat(place.read(path("f"), 0, 1 << 20)).isEqualTo(bytes);
        assertThat(place.size(path("f"))).isEqualTo(OptionalLong.of(bytes.length));
        assertThat(place.read(path("f"), 100, 3)).containsExactly(bytes[100], bytes[101], bytes[102]);
        assertThat(place.read(path("f"), 199_999, 10)).containsExactly(bytes[199_999]);
        assertThat(place.read(path("f"), 200_000, 10)).isEmpty();
        assertThat(place.read(path("f"), 300_000, 10)).isEmpty();
    }

    @Test
    void nothing_is_read_where_there_is_nothing() {
        assertThat(place.read(path("none"), 0, 10)).isEmpty();
        assertThat(place.read(path("none/none"), 0, 10)).isEmpty();
        assertThat(place.size(path("none"))).isEmpty();
        assertThat(place.size(directory.toString())).isEmpty();
        assertThat(place.list(path("none"))).isEmpty();
        place.delete(path("none"));
        place.delete(path("none/none"));
    }

    @Test
    void a_pipe_is_no_file_and_stalls_nobody() throws Exception {
        new ProcessBuilder("mkfifo", path("pipe")).start().waitFor(10, TimeUnit.SECONDS);

        assertThat(place.read(path("pipe"), 0, 10)).isEmpty();
        assertThat(place.size(path("pipe"))).isEmpty();
        place.delete(path("pipe"));
        assertThat(Path.of(path("pipe"))).doesNotExist();
    }

    @Test
    void what_is_made_is_private_and_what_is_replaced_is_whole() throws Exception {
        place.createDirectory(path("x/y"));
        place.createDirectory(path("x/y"));
        place.write(path("x/y/f"), "old".getBytes(UTF_8));
        place.write(path("x/y/f"), "newer".getBytes(UTF_8));
        place.append(path("x/y/g"), "a\n".getBytes(UTF_8));
        place.append(path("x/y/g"), "b\n".getBytes(UTF_8));

        assertThat(place.read(path("x/y/f"), 0, 100)).asString(UTF_8).isEqualTo("newer");
        assertThat(place.read(path("x/y/g"), 0, 100)).asString(UTF_8).isEqualTo("a\nb\n");
        assertThat(place.list(path("x/y"))).containsExactly("f", "g");
        assertThat(permissions("x")).isEqualTo("rwx------");
        assertThat(permissions("x/y")).isEqualTo("rwx------");
        assertThat(permissions("x/y/f")).isEqualTo("rw-------");
        assertThat(permissions("x/y/g")).isEqualTo("rw-------");
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path(name))));
    }

    @Test
    void nothing_is_written_through_a_link() throws Exception {
        Path other = Files.writeString(root.resolve("other"), "mine");
        Files.createSymbolicLink(Path.of(path("link")), other);

        assertThatThrownBy(() -> place.append(path("link"), "x".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.unreadable"));
        place.write(path("link"), "yours".getBytes(UTF_8));

        assertThat(other).hasContent("mine");
        assertThat(Files.isSymbolicLink(Path.of(path("link")))).isFalse();
        assertThat(place.read(path("link"), 0, 10)).asString(UTF_8).isEqualTo("yours");
    }

    @Test
    void deleting_takes_a_link_and_not_what_it_leads_to() throws Exception {
        Path other = Files.createDirectory(root.resolve("kept"));
        Files.writeString(other.resolve("f"), "kept");
        Files.createSymbolicLink(Path.of(path("link")), other);
        place.createDirectory(path("d"));
        place.write(path("d/f"), new byte[1]);
        Files.createSymbolicLink(Path.of(path("d/link")), other);

        place.delete(path("link"));
        place.delete(path("d"));

        assertThat(Files.exists(Path.of(path("link")), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(Path.of(path("d"))).doesNotExist();
        assertThat(other.resolve("f")).hasContent("kept");
    }

    @Test
    void a_link_is_made_once_and_never_over_something_else() throws Exception {
        assertThat(place.exists(path("link"))).isFalse();
        place.link(path("link"), path("nowhere; $HOME"));
        place.link(path("link"), path("nowhere; $HOME"));

        assertThat(place.exists(path("link"))).isTrue();
        assertThat(Files.readSymbolicLink(Path.of(path("link")))).isEqualTo(Path.of(path("nowhere; $HOME")));
        assertThatThrownBy(() -> place.link(path("link"), path("elsewhere")))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.unreadable"));
        Files.createDirectory(Path.of(path("d")));
        assertThatThrownBy(() -> place.link(path("d"), path("elsewhere"))).isInstanceOf(TrailsException.class);
        assertThat(place.list(path("d"))).isEmpty();
        place.link(path("to d"), path("d"));
        place.link(path("to d"), path("d"));
        assertThat(place.list(path("d"))).isEmpty();
    }

    @Test
    void names_of_any_form_are_listed_in_order() throws Exception {
        for (String name : new String[] {"b", "a b", "-n", "ü", ".h"}) Files.writeString(Path.of(path(name)), "");

        assertThat(place.list(directory.toString())).containsExactly("-n", ".h", "a b", "b", "ü");
    }

    @Test
    void a_change_wakes_who_waits_and_none_is_missed() throws Exception {
        try (Watch watch = place.watch(directory.toString())) {
            for (int i = 0; i < 20; i++) {
                String name = "f" + i % 3;
                long before = place.size(path(name)).orElse(0);
                CompletableFuture<Void> writing =
                        CompletableFuture.runAsync(() -> place.append(path(name), new byte[] {1}));
                long deadline = System.nanoTime() + SOON.toNanos();
                while (true) {
                    long seen = watch.ticks();
                    if (place.size(path(name)).orElse(0) > before) break;
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    watch.await(seen, SOON);
                }
                writing.get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void a_directory_is_watched_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link"), directory);
        try (Watch watch = place.watch(link.toString())) {
            assertThat(seesFile(watch, link.resolve("new"))).isTrue();
        }
    }

    @Test
    void what_does_not_exist_yet_can_be_watched() throws Exception {
        Path later = directory.resolve("later");
        try (Watch watch = place.watch(later.toString())) {
            Files.createDirectory(later);
            assertThat(seesFile(watch, later.resolve("new"))).isTrue();
        }
    }

    @Test
    void a_directory_that_was_deleted_and_made_again_is_still_watched() throws Exception {
        Path again = Files.createDirectory(directory.resolve("again"));
        try (Watch watch = place.watch(again.toString())) {
            Files.delete(again);
            Files.createDirectory(again);
            assertThat(seesFile(watch, again.resolve("new"))).isTrue();
        }
    }

    boolean seesFile(Watch watch, Path file) throws Exception {
        CompletableFuture<Path> writing = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.writeString(file, "x");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        long deadline = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < deadline) {
            long seen = watch.ticks();
            if (place.size(file.toString()).isPresent()) {
                writing.get(20, TimeUnit.SECONDS);
                return true;
            }
            watch.await(seen, SOON);
        }
        return false;
    }

    @Test
    void waiting_ends_in_time_by_closing_and_by_an_interrupt() throws Exception {
        Watch watch = place.watch(directory.toString());
        watch.await(watch.ticks(), Duration.ofMillis(1));
        watch.await(watch.ticks(), Duration.ZERO);
        watch.await(watch.ticks(), Duration.ofMillis(-1));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> {
                    while (true) watch.await(watch.ticks(), SOON);
                })
                .isInstanceOf(TrailsInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> watch.await(watch.ticks(), SOON));
        watch.close();
        watch.close();
        waiting.get(10, TimeUnit.SECONDS);
    }

    @Test
    void reading_and_writing_are_no_waits_that_an_interrupt_ends() {
        Thread.currentThread().interrupt();
        try {
            place.write(path("f"), new byte[] {1, 2});
            place.append(path("f"), new byte[] {3});
            assertThat(place.read(path("f"), 0, 10)).containsExactly(1, 2, 3);
        } catch (TrailsInterruptedException allowed) {
            assertThat(this).isNotInstanceOf(HostPlaceTest.class);
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
