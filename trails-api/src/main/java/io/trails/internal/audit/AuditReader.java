package io.trails.internal.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of all files of the log as they were at one time. Single-threaded. */
final class AuditReader implements Closeable {
    private final List<InputStream> files = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private int file;

    /** Called under the lock of the log; what is appended afterwards is not read. */
    AuditReader(List<Path> paths) throws IOException {
        try {
            for (Path path : paths) {
                AuditFiles.refuseForeign(path);
                files.add(new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), 64 * 1024));
                left.add(Files.size(path));
            }
        } catch (IOException | RuntimeException | Error failure) {
            closeAfter(failure);
            throw failure;
        }
    }

    /** The next line, or empty behind the last one. */
    Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        while (file < files.size()) {
            long rest = left.get(file);
            int b = rest == 0 ? -1 : files.get(file).read();
            if (b < 0) {
                boolean newest = file == files.size() - 1;
                file++;
                if (bytes.size() > 0) return Optional.of(new Line(bytes.toByteArray(), false, newest));
                continue;
            }
            left.set(file, rest - 1);
            if (b == '\n') return Optional.of(new Line(bytes.toByteArray(), true, file == files.size() - 1));
            bytes.write(b);
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        var failure = new IOException("The audit log's files could not be closed");
        closeAfter(failure);
        if (failure.getSuppressed().length > 0) throw failure;
    }

    private void closeAfter(Throwable failure) {
        for (InputStream open : files) {
            try {
                open.close();
            } catch (IOException unclosed) {
                failure.addSuppressed(unclosed);
            }
        }
    }

    /** A line as it is stored. */
    static final class Line {
        private final byte[] bytes;
        private final boolean terminated;
        private final boolean newest;

        private Line(byte[] bytes, boolean terminated, boolean newest) {
            this.bytes = bytes;
            this.terminated = terminated;
            this.newest = newest;
        }

        /** Without the line break. */
        byte[] bytes() {
            return bytes;
        }

        boolean hasLineBreak() {
            return terminated;
        }

        boolean isInNewestFile() {
            return newest;
        }
    }
}
