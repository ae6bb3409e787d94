package io.trails.internal.terminal;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The named pipe that a detached program reads. It is opened for each text anew, and for reading as well, since opening a
 * pipe only for writing would block until somebody reads it.
 */
final class InputPipe {
    /** What an empty pipe always has room for, on every system. */
    private static final int ALWAYS_FITS = 512;

    private final String name;
    private final Path file;

    InputPipe(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    void write(byte[] bytes, Duration patience, BooleanSupplier ended) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (bytes.length <= ALWAYS_FITS && waiting() == 0) {
                put(channel, bytes, 0, bytes.length);
                return;
            }
            BoundedWrite.write(name, new ToPipe(channel), bytes, patience, ended);
        } catch (ClosedByInterruptException e) {
            throw new TrailsInterruptedException("typing into terminal '" + name + "'", interrupt(e));
        } catch (NoSuchFileException e) {
            throw new TrailsException("terminal.ended", "Terminal '" + name + "' was removed", e);
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        }
    }

    Optional<InputGauge.Reading> gauge() {
        try {
            return Optional.of(new Gauge(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw TerminalFiles.unreadable(file, e);
        }
    }

    private final class Gauge implements InputGauge.Reading {
        private final FileChannel open;

        Gauge(FileChannel open) {
            this.open = open;
        }

        @Override
        public long unread() {
            try {
                return waiting();
            } catch (IOException e) {
                throw TerminalFiles.unreadable(file, e);
            }
        }

        @Override
        public void close() {
            try {
                open.close();
            } catch (IOException e) {
                throw TerminalFiles.unreadable(file, e);
            }
        }
    }

    /** Asks the system how many bytes are in the pipe. Only while the pipe is also open for writing: else it blocks. */
    private int waiting() throws IOException {
        try (var gauge = new FileInputStream(file.toFile())) {
            return gauge.available();
        }
    }

    private static InterruptedException interrupt(ClosedByInterruptException cause) {
        var interrupt = new InterruptedException();
        interrupt.initCause(cause);
        return interrupt;
    }

    private static void put(FileChannel channel, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    /** Closing the channel makes a write that blocks in it fail. */
    private record ToPipe(FileChannel channel) implements BoundedWrite.Sink {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            put(channel, bytes, offset, length);
        }

        @Override
        public void abandon() throws IOException {
            channel.close();
        }
    }
}
