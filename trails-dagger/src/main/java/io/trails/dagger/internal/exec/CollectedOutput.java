package io.trails.dagger.internal.exec;

import io.trails.Capture;
import io.trails.Output;
import io.trails.TrailsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Reads an output out of the file it came back in. The memory it takes is bounded by the capture, however long it is. */
public final class CollectedOutput {
    private final Capture capture;
    private final Scrubber scrubber;

    /** Keeps what the capture asks for, without secrets. */
    public CollectedOutput(Capture capture, Scrubber scrubber) {
        this.capture = capture;
        this.scrubber = scrubber;
    }

    /** The output in that file, which may be gone afterwards; the whole of it goes to the spill with that suffix. */
    public Output of(Path file, String suffix) {
        Optional<Path> spill = capture.spill().map(base -> base.resolveSibling(base.getFileName() + suffix));
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return empty(spill);
            if (!scrubber.isIdle()) return scrubbed(file, spill);
            Output kept = ends(file, spill);
            if (spill.isPresent()) move(file, spill.get());
            return kept;
        } catch (IOException e) {
            throw new TrailsException(
                    "exec.spill-failed",
                    "The output cannot be written to "
                            + spill.map(Path::toString).orElse("memory")
                            + "; name a file in a directory that exists and is writable",
                    e);
        }
    }

    private static Output empty(Optional<Path> spill) throws IOException {
        if (spill.isPresent()) Files.write(spill.get(), new byte[0]);
        return Output.of(new byte[0], new byte[0], 0, spill);
    }

    private Output scrubbed(Path file, Optional<Path> spill) throws IOException {
        var kept = new KeptBytes(capture.maxBytes());
        try (InputStream in = open(file);
                OutputStream whole =
                        spill.isPresent() ? Files.newOutputStream(spill.get()) : OutputStream.nullOutputStream()) {
            scrubber.copy(in, (bytes, from, length) -> {
                kept.add(bytes, from, length);
                whole.write(bytes, from, length);
            });
        }
        return kept.output(spill);
    }

    /** Nothing in the middle has to be read. */
    private Output ends(Path file, Optional<Path> spill) throws IOException {
        int tailLimit = capture.maxBytes() / 2;
        int headLimit = capture.maxBytes() - tailLimit;
        try (SeekableByteChannel channel = channel(file);
                InputStream in = Channels.newInputStream(channel)) {
            long size = channel.size();
            byte[] head = in.readNBytes((int) Math.min(size, headLimit));
            long start = Math.max(head.length, size - tailLimit);
            channel.position(start);
            byte[] tail = in.readNBytes((int) (size - start));
            return Output.of(head, tail, size, spill);
        }
    }

    private static void move(Path file, Path spill) throws IOException {
        try (InputStream in = open(file);
                OutputStream out = Files.newOutputStream(spill)) {
            in.transferTo(out);
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Channels.newInputStream(channel(file));
    }

    /** A link would lead the reader to another file of this host. */
    private static SeekableByteChannel channel(Path file) throws IOException {
        return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }
}
