package io.trails.internal.host;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a command's input. A command may end, or close its input, without having read it all. */
record InputFeed(byte[] bytes, OutputStream stdin) implements Runnable {
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
