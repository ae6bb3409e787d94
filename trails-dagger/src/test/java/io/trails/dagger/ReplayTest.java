package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that run again for a container that is made anew can be ended like any other. */
class ReplayTest extends SessionBench {
    /** Who ends them. */
    enum Who {
        STOPPED,
        CLOSED,
        STOPPED_ELSEWHERE
    }

    /** A session whose container is gone, and one of whose commands takes its time when it runs again. */
    private Session slow(String name) throws IOException {
        Session session =
                session(name, request -> request.settings(SandboxSettings.none().withReplayAllowed(true)));
        session.sh("[ ! -e slow ] || sleep 300; echo system > $HOME/note");
        Files.writeString(files.resolve("slow"), "");
        played().faults().lostSessionWait(Duration.ZERO);
        played().kill();
        played().restart();
        return session;
    }

    private void awaitReplay() {
        await().atMost(LIMIT).until(() -> played().traffic().running() > 0);
    }

    private void end(Session session, Who who) {
        switch (who) {
            case STOPPED -> session.sandbox().stop();
            case CLOSED -> session.sandbox().close();
            case STOPPED_ELSEWHERE -> opened(session).sandbox().stop();
        }
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void a_command_that_waits_for_them_ends_with_them_and_the_next_has_all(Who who) throws Exception {
        Session session = slow("ended");
        var waiting = CompletableFuture.supplyAsync(() -> session.run("cat $HOME/note"));
        awaitReplay();
        end(session, who);
        ExecResult result = waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(result.status()).isEqualTo(Status.CANCELLED);
        assertThat(result.reason()).map(Reason::code).contains(who == Who.CLOSED ? "exec.cancelled" : "exec.stopped");
        await().atMost(LIMIT).until(() -> played().traffic().running() == 0);
        Files.delete(files.resolve("slow"));
        Session next = who == Who.CLOSED ? opened(session) : session;
        assertThat(next.sh("cat $HOME/note")).isEqualTo("system");
    }

    @Test
    void who_waits_for_them_without_a_command_is_told() throws Exception {
        Session session = opened(slow("told"));
        var waiting = CompletableFuture.supplyAsync(() -> session.sandbox().start(Command.of("true")));
        awaitReplay();
        session.sandbox().close();
        assertThatThrownBy(() -> waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("dagger.rebuild-stopped"));
    }
}
