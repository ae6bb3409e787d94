package io.trails.tmux.internal.input;

import static org.awaitility.Awaitility.await;

import io.trails.tmux.internal.pane.PrivateTmux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** A program in a pane that keeps every byte it is given, and answers to nothing. */
final class Receiver {
    private static final Duration SOON = Duration.ofSeconds(30);

    final String pane;
    private final Path file;
    private int taken;

    /** @param modes what it prints first, such as the request for bracketed paste, in the notation of printf */
    Receiver(PrivateTmux tmux, String modes) {
        String name = "received" + System.nanoTime();
        file = tmux.directory().resolve(name);
        pane = tmux.pane(80, 24, "stty raw -echo; printf '" + modes + "READY'; exec cat >'" + file + "'");
        await().atMost(SOON)
                .until(() -> tmux.ok("capture-pane", "-p", "-t", pane).get(0).startsWith("READY"));
        await().atMost(SOON).until(() -> Files.exists(file));
    }

    /** The next bytes, so many; what comes too much is found by the call after. */
    byte[] next(int count) {
        int end = taken + count;
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> all().length >= end);
        byte[] next = Arrays.copyOfRange(all(), taken, end);
        taken = end;
        return next;
    }

    private byte[] all() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
