package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.MergeRequest;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other threads see of a session while one removes it, and that takes a while. */
@Timeout(60)
class BusySessionTest {
    private static final SessionSpec SPEC = SessionSpec.named("work")
            .mode(Mode.named("slow").workspaces("test.folder").build())
            .build();

    @TempDir
    Path folder;

    private final CountDownLatch removing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Trails trails;
    private Session session;
    private CompletableFuture<RemovalReport> removal;

    @BeforeEach
    void removeSlowly() throws IOException {
        var slow = new FolderWorkspace() {
            @Override
            public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
                removing.countDown();
                await(goOn);
                return super.remove(plan, request, policy);
            }
        };
        trails = Trails.builder(Files.createDirectory(folder.resolve("project")))
                .provider(slow)
                .build();
        session = trails.open(SPEC);
        removal = CompletableFuture.supplyAsync(() -> session.remove(RemovalPolicy.safe()));
        await(removing);
    }

    @AfterEach
    void close() {
        goOn.countDown();
        removal.join();
        trails.close();
    }

    @Test
    void find_waits_for_the_end_of_a_removal() throws Exception {
        assertThat(meanwhile(() -> trails.find("work"))).isEmpty();
    }

    @Test
    void a_name_that_is_being_set_free_can_be_opened() throws Exception {
        assertThat(meanwhile(() -> trails.open(SPEC)).exec("true").ok()).isTrue();
    }

    @Test
    void a_removal_that_takes_too_long_is_not_waited_for_and_nothing_of_it_is_merged_by_another_host() {
        try (Trails other = Trails.builder(folder.resolve("project"))
                .provider(new FolderWorkspace())
                .build()) {
            // At the same time, since each takes as long as others are waited for.
            var found = CompletableFuture.supplyAsync(() -> trails.find("work"));
            assertThatThrownBy(() -> other.find("work").orElseThrow().merge(MergeRequest.into("main")))
                    .extracting("code")
                    .isEqualTo("session.busy");
            assertThatThrownBy(found::join)
                    .cause()
                    .hasMessageContaining("another thread")
                    .extracting("code")
                    .isEqualTo("session.busy");
        }
    }

    @Test
    void nothing_is_merged_or_kept_of_a_session_that_is_being_removed() {
        assertThatThrownBy(() -> session.merge(MergeRequest.into("main")))
                .extracting("code")
                .isEqualTo("session.busy");
        assertThatThrownBy(() -> session.checkpoint("now")).extracting("code").isEqualTo("session.busy");
        assertThatThrownBy(() -> session.remove(RemovalPolicy.safe()))
                .extracting("code")
                .isEqualTo("session.busy");
    }

    /** Lets the removal go on once the call waits for it. */
    private <T> T meanwhile(Supplier<T> call) throws Exception {
        var result = new CompletableFuture<T>();
        var caller = new Thread(() -> result.completeAsync(call, Runnable::run));
        caller.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> result.isDone() || caller.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        return result.get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
