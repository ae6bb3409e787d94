package io.trails.dagger.internal.live;

import io.trails.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * What the host tells a bridge. Thread-safe. What is told to a bridge that is gone is lost, and so is what is told to one that does
 * not read: nobody waits for it.
 */
final class Control {
    private final SocketChannel channel;
    private final Object line = new Object();

    Control(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    /** Which process has to end with the connection. */
    void running(long program) {
        tell("program " + program);
    }

    /** None any more; its number may become another's. */
    void ended() {
        tell("program");
    }

    void signal(Signal signal, long program) {
        String name = switch (signal) {
            case INTERRUPT -> "INT";
            case TERMINATE -> "TERM";
            case KILL -> "KILL";
            case HANGUP -> "HUP";
        };
        tell("signal " + name + " " + program);
    }

    /** To a connector: what the program has written by now is all. */
    void drain(long connector) {
        tell("signal USR1 " + connector);
    }

    void askUsage(long question) {
        tell("usage " + question);
    }

    private void tell(String text) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text + "\n");
        synchronized (line) {
            try {
                int taken = channel.write(bytes);
                // The next line would be read as the rest of this one.
                if (taken > 0 && bytes.hasRemaining()) channel.close();
            } catch (IOException gone) {
                LoggerFactory.getLogger(Control.class).debug("A bridge does not hear any more", gone);
            }
        }
    }

    /** Ends the program, if it still runs, with its bridge. */
    void end() {
        tell("end");
        try {
            channel.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Control.class).debug("A connection did not close", e);
        }
    }
}
