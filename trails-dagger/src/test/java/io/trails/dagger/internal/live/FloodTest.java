package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that says more than anybody wants to hear. */
class FloodTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private SocketChannel container;
    private SocketChannel host;

    @BeforeEach
    void connect() throws IOException {
        var address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            container = SocketChannel.open(address);
            host = server.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        container.close();
        host.close();
    }

    /** Says a line without end, until the connection is closed. */
    private void flood(String line) {
        byte[] bytes = line.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        var thread = new Thread(
                () -> {
                    try {
                        while (container.isOpen()) container.write(ByteBuffer.wrap(bytes));
                    } catch (IOException closed) {
                        return;
                    }
                },
                "flood");
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void events_without_end_leave_time_to_look_at_the_clock() throws Exception {
        flood("exit 0\n");
        try (var lines = new EventLines(host)) {
            assertTimeoutPreemptively(LIMIT, () -> {
                for (int i = 0; i < 10; i++) assertThat(lines.await(1_000)).hasSizeLessThan(100_000);
            });
            assertThat(lines.isOver()).isFalse();
        }
    }
}
