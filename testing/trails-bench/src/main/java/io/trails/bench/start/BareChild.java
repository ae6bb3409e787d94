package io.trails.bench.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The least a JVM can do to run {@code true} in a directory and drain both of its pipes. */
public final class BareChild {
    private BareChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("Hello, world");
        Process child =
                new ProcessBuilder("true").directory(new File(arguments[0])).start();
        child.getOutputStream().close();
        var errors = new Thread(new Drain(child.getErrorStream()), "drain");
        errors.start();
        new Drain(child.getInputStream()).run();
        errors.join();
        if (child.waitFor() != 0) throw new IllegalStateException("true exited with " + child.exitValue());
    }

    /** A class of its own, because a lambda would add the start-up of method handles to the baseline. */
    private static final class Drain implements Runnable {
        private final InputStream pipe;

        Drain(InputStream pipe) {
            this.pipe = pipe;
        }

        @Override
        public void run() {
            try (pipe) {
                var buffer = new byte[8192];
                int read;
                do read = pipe.read(buffer);
                while (read >= 0);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
