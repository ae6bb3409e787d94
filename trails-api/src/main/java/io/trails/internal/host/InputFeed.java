package io.trails.internal.host;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a command's input. A command may end, or close its input, without having read it all. */
final class InputFeed implements Runnable {
    private final byte[] bytes;
    private final OutputStream stdin;

    InputFeed(byte[] bytes, OutputStream stdin) {
        this.bytes = bytes;
        this.stdin = stdin;
    }

    @Override
    public void run() {
        try (OutputStream pipe = stdin) {
            pipe.write(bytes);
        } catch (IOException notWanted) {
            // It read as much as it needed.
            return;
        }
    }
}
