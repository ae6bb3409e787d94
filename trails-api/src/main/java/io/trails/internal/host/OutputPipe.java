package io.trails.internal.host;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Pipe;
import java.nio.channels.Pipe.SourceChannel;
import org.slf4j.LoggerFactory;

/**
 * The reading end of a pipe that a process gets for its output, and of which the JDK knows nothing.
 *
 * <p>The JDK closes the pipes of a process when that ends, and whoever still writes to them, such as a program left in the
 * background, is killed by SIGPIPE. This one is read until the last of its writers has closed it. Then it is as new, and
 * {@link #close} hands it back for the next process. Belongs to one thread at a time.
 */
final class OutputPipe extends InputStream {
    private final OutputPipes owner;
    /** Stands for the pipe under the number by which it can be opened again. */
    private final SourceChannel anchor;

    private final File place;
    private final FileInputStream stream;
    private boolean ended;

    private OutputPipe(OutputPipes owner, SourceChannel anchor, File place) throws IOException {
        this.owner = owner;
        this.anchor = anchor;
        this.place = place;
        // Does not wait for a writer, since the pipe still has its first one.
        stream = new FileInputStream(place);
    }

    /**
     * Makes a pipe.
     *
     * @throws IOException where the system has no pipes that can be opened by their number
     */
    static OutputPipe open(OutputPipes owner) throws IOException {
        Pipe pipe = Pipe.open();
        SourceChannel source = pipe.source();
        try {
            return new OutputPipe(owner, source, DescriptorFile.of(source));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        } finally {
            pipe.sink().close();
        }
    }

    /** The file by which a process opens the writing end. */
    File writingEnd() {
        return place;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = stream.read(buffer, from, length);
        ended = count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        boolean reusable = ended;
        ended = false;
        if (!reusable || !owner.takeBack(this)) dispose();
    }

    /** Nobody has written to it. */
    void unused() {
        if (!owner.takeBack(this)) dispose();
    }

    void dispose() {
        try {
            stream.close();
            anchor.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(OutputPipe.class).debug("A pipe did not close", e);
        }
    }
}
