package io.trails.dagger.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Dialect;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Introspection;
import io.trails.dagger.internal.graph.Request;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** This process itself fails while it reads an answer: whoever asked hears of it. */
class FatalAnswerTest {
    private final Error fatal = new StackOverflowError("as of a deep answer");

    private static EngineConnection connection(Wire wire) {
        return new EngineConnection(
                EngineChoice.standard(Duration.ofSeconds(30)),
                1,
                new Introspection("v0.21.8", Dialect.NODE, List.of()),
                wire,
                new Redaction(),
                Optional.empty(),
                loss -> {});
    }

    @SuppressWarnings("unchecked")
    private HttpResponse<byte[]> unreadable() {
        return (HttpResponse<byte[]>) Proxy.newProxyInstance(
                FatalAnswerTest.class.getClassLoader(), new Class<?>[] {HttpResponse.class}, (proxy, method, given) -> {
                    throw fatal;
                });
    }

    @Test
    void an_answer_that_cannot_be_read_is_no_answer() {
        try (var wire = new Wire(new SessionAddress(1, "token"), "fatal")) {
            EngineConnection connection = connection(wire);
            var answer = new CompletableFuture<Answers>();
            connection.answered(answer, Request.of(Dialect.NODE, Graph.version()), unreadable());
            assertThat(answer).isCompletedExceptionally();
            assertThatThrownBy(answer::join).hasCause(fatal);
            assertThat(connection.isLost()).isFalse();
        }
    }

    @Test
    void an_answer_that_cannot_be_kept_is_read_no_further() {
        var body = new BoundedBody(1_000);
        var cancelled = new AtomicBoolean();
        body.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {
                assertThat(count).isPositive();
            }

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
        body.onNext(new AbstractList<ByteBuffer>() {
            @Override
            public ByteBuffer get(int index) {
                throw fatal;
            }

            @Override
            public int size() {
                return 1;
            }
        });
        assertThat(body.getBody().toCompletableFuture()).isCompletedExceptionally();
        assertThat(cancelled).isTrue();
    }
}
