package io.trails.dagger.internal.live;

import io.trails.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.slf4j.LoggerFactory;

/** Writes the input that a command came with, on a thread that ends with it. */
final class GivenInput {
    private GivenInput() {}

    /** The stream that is left to the caller: one that is closed where the command has an input. */
    static OutputStream feed(String name, Input input, OutputStream stdin) {
        if (input instanceof Input.None) return stdin;
        var thread = new Thread(() -> write(name, input, stdin), "trails-live-input-" + name);
        thread.setDaemon(true);
        thread.start();
        return closed();
    }

    private static void write(String name, Input input, OutputStream stdin) {
        try (stdin;
                InputStream from = open(input)) {
            from.transferTo(stdin);
        } catch (IOException e) {
            // A program may end without having read its input.
            LoggerFactory.getLogger(GivenInput.class).debug("The input of {} ends early", name, e);
        }
    }

    private static InputStream open(Input input) throws IOException {
        if (input instanceof Input.File file) return Files.newInputStream(file.path());
        return new ByteArrayInputStream(input instanceof Input.Bytes bytes ? bytes.bytes() : new byte[0]);
    }

    private static OutputStream closed() {
        OutputStream closed = OutputStream.nullOutputStream();
        try {
            closed.close();
        } catch (IOException e) {
            throw new AssertionError("A stream to nowhere cannot fail", e);
        }
        return closed;
    }
}
