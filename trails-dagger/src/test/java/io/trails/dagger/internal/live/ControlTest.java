package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host says to a bridge that a program may have stopped. */
class ControlTest {
    @TempDir
    Path folder;

    @Test
    void nobody_waits_for_a_bridge_that_does_not_read() throws Exception {
        var address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            try (var bridge = SocketChannel.open(address);
                    var host = server.accept()) {
                var control = new Control(host);
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                    for (int i = 0; i < 10_000; i++) control.askUsage(i);
                    control.end();
                });
                assertThat(host.isOpen()).isFalse();
                assertThat(bridge.isConnected()).isTrue();
            }
        }
    }
}
