package io.trails.tmux.internal.terminal;

import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A named pipe of the host. Opening it for writing waits for a reader and cannot be interrupted, so a thread of its own does;
 * where no reader comes, this one reads for a moment, which lets the thread go.
 */
final class HostGate implements Gate {
    private static final long LET_GO_SECONDS = 5;

    private final Path pipe;

    HostGate(Path pipe) {
        this.pipe = pipe;
    }

    @Override
    public String path() {
        return pipe.toString();
    }

    @Override
    public boolean pass(byte[] orders, Duration atMost) {
        var writer = new Writer(orders);
        var thread = new Thread(writer, "trails-tmux-launch");
        thread.setDaemon(true);
        thread.start();
        try {
            if (writer.over.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) return writer.written;
            letGo(writer);
            return false;
        } catch (InterruptedException e) {
            letGo(writer);
            throw new TrailsInterruptedException("starting a program in a terminal", e);
        }
    }

    /** A reader that comes and goes: the writer finds one, and then finds it gone. */
    private void letGo(Writer writer) {
        boolean interrupted = Thread.interrupted();
        try (SeekableByteChannel reader =
                Files.newByteChannel(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!reader.isOpen()) throw new IllegalStateException("A channel that was just opened is closed");
        } catch (IOException e) {
            LoggerFactory.getLogger(HostGate.class).debug("Pipe {} is gone before anybody read it", pipe, e);
        }
        try {
            if (!writer.over.await(LET_GO_SECONDS, TimeUnit.SECONDS)) {
                LoggerFactory.getLogger(HostGate.class).warn("A thread waits for a reader of {}", pipe);
            }
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private final class Writer implements Runnable {
        private final byte[] orders;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean written;

        Writer(byte[] orders) {
            this.orders = orders;
        }

        @Override
        public void run() {
            // Without CREATE: where the pipe is gone, its name must not become a file with the orders in it.
            try (SeekableByteChannel channel = Files.newByteChannel(pipe, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(orders);
                while (rest.hasRemaining()) channel.write(rest);
                written = true;
            } catch (IOException e) {
                LoggerFactory.getLogger(HostGate.class).debug("Nobody reads the orders in {}", pipe, e);
            } finally {
                over.countDown();
            }
        }
    }
}
