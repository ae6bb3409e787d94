package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(NeedsBubblewrap.class)
class ServiceTest {

    /** Containers have the machine's loopback: ports that systems give to nobody who asks for any, and other runs do not take. */
    private static final int SILENT =
            10_000 + 2 * (int) (ProcessHandle.current().pid() % 4_500);

    private static final int SERVED = SILENT + 1;

    @TempDir
    Path folder;

    EngineDouble engine;
    Client client;

    @BeforeEach
    void start() throws IOException {
        engine = EngineDouble.start(Release.V0_21_8, folder.resolve("engine"));
        client = new Client(engine, folder);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        engine.close();
    }

    private String service(String before, String after, String... args) {
        StringBuilder list = new StringBuilder();
        for (String arg : args) {
            list.append(list.length() == 0 ? "" : ",").append(Client.quote(arg));
        }
        return client.ask("{container{from(address:\"debian:12\"){" + before + "asService(args:[" + list + "]){" + after
                + "}}}}" + "}".repeat((int) before.chars().filter(c -> c == '{').count()));
    }

    @Test
    void a_program_runs_until_it_is_stopped() {
        String id = Client.text(service("", "start", "sleep", "1000"), "start");
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 1);
        client.ask("{node(id:\"" + id + "\"){... on Service{start}}}");
        assertThat(engine.traffic().executions()).isEqualTo(1);
        assertThat(client.ask("{node(id:\"" + id + "\"){... on Service{stop}}}"))
                .doesNotContain("errors");
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 0);
    }

    @Test
    void a_program_ends_with_its_session() {
        service("", "start", "sleep", "1000");
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 1);
        client.close();
        assertThat(engine.traffic().running()).isZero();
    }

    @Test
    void a_program_talks_over_a_socket_of_the_host() throws IOException {
        Path path = folder.resolve("s.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            String socket = Client.text(client.ask("{host{unixSocket(path:\"" + path + "\"){id}}}"), "id");
            String script =
                    "use IO::Socket::UNIX; my $s=IO::Socket::UNIX->new('/run/s.sock') or die; print $s 'hello'; close $s; sleep 1000";
            service("withUnixSocket(path:\"/run/s.sock\",source:\"" + socket + "\"){", "start", "perl", "-e", script);
            try (SocketChannel channel = server.accept()) {
                byte[] said = Channels.newInputStream(channel).readNBytes(5);
                assertThat(new String(said, StandardCharsets.UTF_8)).isEqualTo("hello");
            }
        }
    }

    @Test
    void a_program_learns_of_the_end_of_its_connection_only_after_its_own() throws IOException {
        Path path = folder.resolve("s.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            String socket = Client.text(client.ask("{host{unixSocket(path:\"" + path + "\"){id}}}"), "id");
            String script = "use IO::Socket::UNIX; use IO::Select; my $s=IO::Socket::UNIX->new('/run/s.sock') or die;"
                    + " sysread($s,my $b,9); print $b, IO::Select->new($s)->can_read(0.5) ? 'early ' : 'quiet ';"
                    + " $s->shutdown(1); print defined($s->getline) ? 'data' : 'end'";
            var answer =
                    client.send("{container{from(address:\"debian:12\"){withUnixSocket(path:\"/run/s.sock\",source:\""
                            + socket + "\"){withExec(args:[\"perl\",\"-e\"," + Client.quote(script) + "]){stdout}}}}}");
            try (SocketChannel channel = server.accept()) {
                channel.write(StandardCharsets.UTF_8.encode("hello "));
                channel.shutdownOutput();
                assertThat(answer.join().body()).contains("\"stdout\":\"hello quiet end\"");
            }
        }
    }

    @Test
    void a_command_reaches_a_port_of_the_host_by_a_name() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String id = Client.text(
                    client.ask("{host{service(ports:[{frontend:4321,backend:" + server.getLocalPort() + "}]){id}}}"),
                    "id");
            var answer = client.send(
                    "{container{from(address:\"debian:12\"){withServiceBinding(alias:\"home\",service:\"" + id
                            + "\"){withExec(args:[\"bash\",\"-c\",\"exec 3<>/dev/tcp/home/4321; head -c 2 <&3\"]){stdout}}}}}");
            // The engine looks whether somebody listens.
            server.accept().close();
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write("hi".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(answer.join().body()).contains("\"stdout\":\"hi\"");
        }
    }

    @Test
    void a_program_that_ends_before_its_port_opens_is_an_error() {
        assertThat(service("withExposedPort(port:" + SILENT + "){", "start", "sh", "-c", "echo why; exit 7"))
                .contains("EXEC_ERROR", "\"exitCode\":7", "why");
    }

    @Test
    void a_tunnel_leads_to_a_program() throws IOException {
        String script = "use IO::Socket::INET; my $l=IO::Socket::INET->new(LocalPort=>" + SERVED
                + ",Listen=>5,ReuseAddr=>1) or die; while(my $c=$l->accept){print $c 'served';close $c}";
        String id = Client.text(service("withExposedPort(port:" + SERVED + "){", "id", "perl", "-e", script), "id");
        String tunnel = Client.text(client.ask("{host{tunnel(service:\"" + id + "\"){id}}}"), "id");
        String endpoint =
                Client.text(client.ask("{node(id:\"" + tunnel + "\"){... on Service{start endpoint}}}"), "endpoint");
        int port = Integer.parseInt(endpoint.replaceFirst(".*:", ""));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("served");
        }
    }
}
