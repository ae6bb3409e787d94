package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trails.Command;
import io.trails.Execution;
import io.trails.Input;
import io.trails.dagger.TestEngine;
import io.trails.daggerdouble.scene.Release;
import io.trails.spi.SandboxNotice.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This process itself fails where others wait for an end: it comes all the same. */
@Timeout(180)
class FatalEndTest {
    private final Error fatal = new StackOverflowError("as in a deep tree");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<SocketChannel> channels = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (SocketChannel channel : channels) channel.close();
    }

    /** The host's end of a connection whose other end hangs up. */
    private SocketChannel hungUp() throws IOException {
        var address = UnixDomainSocketAddress.of(folder.resolve("s" + channels.size()));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel other = SocketChannel.open(address);
            SocketChannel host = server.accept();
            channels.add(host);
            other.close();
            return host;
        }
    }

    private Call call() throws IOException {
        return new Call(hungUp(), OptionalLong.empty());
    }

    private final class FailingService implements LiveService {
        @Override
        public boolean isLost() {
            return false;
        }

        @Override
        public boolean stop() {
            throw fatal;
        }
    }

    @Test
    void a_program_whose_end_fails_is_gone() throws Exception {
        var command = new LiveCommand(List.of("true"), Map.of(), Map.of(), "/", Input.none(), LiveBounds.none());
        var calls = BridgeCalls.of(hungUp(), call(), call(), call());
        var gone = new CountDownLatch(1);
        var program = new LiveProgram("fatal", command, new FailingService(), calls, gone::countDown);
        var lines = new EventLines(hungUp());
        assertThatThrownBy(() -> program.listen(lines)).isSameAs(fatal);
        assertThat(gone.getCount()).isZero();
        assertThat(program.isGone()).isTrue();
        assertThat(program.onExit()).isCompletedExceptionally();
    }

    @Test
    void a_session_is_closed_though_its_files_did_not_come_home() throws Exception {
        try (TestEngine engine = TestEngine.start(Release.V0_21_8, folder);
                var session = new LiveSession(engine, folder, "fatal")) {
            try (Execution running = session.sandbox().start(Command.of("/bin/sh", "-c", "read go; echo 1 >made"))) {
                session.failsOnceOn(Kind.BROUGHT_BACK, fatal);
                running.stdin().write('\n');
                running.stdin().flush();
                assertThat(running.onExit()).succeedsWithin(LIMIT);
            }
            await().atMost(LIMIT)
                    .until(() -> session.notices.stream().anyMatch(notice -> notice.kind() == Kind.BROUGHT_BACK));
            assertTimeoutPreemptively(LIMIT, () -> session.sandbox().close());
            assertThat(session.project.resolve("made")).hasContent("1");
        }
    }
}
