package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where bridges call. */
class ReceptionTest {
    private static void bind(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(socket.isBound()).isTrue();
        }
    }

    private static SocketChannel call(Reception reception, Role role) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), reception.port()));
        String hello = reception.token() + " " + role.name().toLowerCase(Locale.ROOT) + " -\n";
        channel.write(ByteBuffer.wrap(hello.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    @Test
    void nobody_gets_the_port_to_which_a_container_has_a_way_while_its_program_runs() throws Exception {
        int port;
        try (Reception reception = Reception.tcp("kept")) {
            port = reception.port();
            for (Role role : Role.values()) {
                SocketChannel theirs = call(reception, role);
                Call ours = reception.call(role).get(10, TimeUnit.SECONDS);
                ours.channel().close();
                theirs.close();
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("trails-live-calls-kept")));
            assertThatThrownBy(() -> bind(port)).isInstanceOf(BindException.class);
        }
        bind(port);
    }
}
