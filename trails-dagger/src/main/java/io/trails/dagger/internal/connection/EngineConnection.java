package io.trails.dagger.internal.connection;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Dialect;
import io.trails.dagger.internal.graph.Document;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Introspection;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.graph.Request;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session of an engine. Every id belongs to the session that gave it. Thread-safe; requests do not wait for each other.
 */
public final class EngineConnection implements AutoCloseable {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final Duration CLEAN_END = Duration.ofSeconds(10);
    private static final Duration KILLED_END = Duration.ofSeconds(5);

    private final EngineChoice choice;
    private final long generation;
    private final Introspection engine;
    private final Wire wire;
    private final Redaction redaction;
    private final Optional<DaggerSession> session;
    private final Consumer<EngineLoss> listener;
    private final AtomicLong requests = new AtomicLong();
    private final Map<Long, CompletableFuture<Answers>> open = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable EngineLostException> end = new AtomicReference<>();
    private volatile boolean silent;

    EngineConnection(
            EngineChoice choice,
            long generation,
            Introspection engine,
            Wire wire,
            Redaction redaction,
            Optional<DaggerSession> session,
            Consumer<EngineLoss> listener) {
        this.choice = choice;
        this.generation = generation;
        this.engine = engine;
        this.wire = wire;
        this.redaction = redaction;
        this.session = session;
        this.listener = listener;
    }

    /** Watches the program from now on. Apart from the constructor, so that nobody hears of what is not made yet. */
    void watch() {
        session.ifPresent(started -> started.onEnd(how -> lose(new EngineLostException(
                "The program that leads to engine " + choice.name() + " ended, " + how, null))));
    }

    /**
     * Asks for leaves in one request. The future fails with {@link ExecFailure}, {@link GraphException} or
     * {@link EngineLostException}; cancelling it aborts the exchange, and with it what the engine does for nobody else. There is
     * no deadline. What hangs on the future runs on a thread of the connection and must not block.
     *
     * @param leaves at least one
     */
    public CompletableFuture<Answers> send(Leaf<?>... leaves) {
        Document document = Request.of(engine.dialect(), leaves);
        document.variables().values().forEach(redaction::add);
        var answer = new CompletableFuture<Answers>();
        if (isLost()) {
            answer.completeExceptionally(gone());
            return answer;
        }
        CompletableFuture<HttpResponse<byte[]>> exchange = posted(document);
        long number = requests.incrementAndGet();
        open.put(number, answer);
        var unused = answer.whenComplete((answers, failure) -> {
            open.remove(number);
            exchange.cancel(true);
        });
        var unusedAlso = exchange.whenComplete((response, failure) -> {
            if (failure == null) heard(answer, () -> answered(answer, document, response));
            else heard(answer, () -> broken(answer, failure));
        });
        // It may have been lost since, when nobody knew of this one.
        if (isLost()) answer.completeExceptionally(gone());
        return answer;
    }

    private CompletableFuture<HttpResponse<byte[]>> posted(Document document) {
        try {
            return wire.post(document);
        } catch (RuntimeException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    /** Whatever happens on the way, whoever asked does not wait for ever. */
    private static void heard(CompletableFuture<Answers> answer, Runnable how) {
        try {
            how.run();
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    void answered(CompletableFuture<Answers> answer, Document document, HttpResponse<byte[]> response) {
        try {
            answer.complete(new Response(response, document, redaction).answers());
        } catch (EngineLostException e) {
            lose(e);
            answer.completeExceptionally(e);
        } catch (GraphException e) {
            if (e.isExplained()) answer.completeExceptionally(e);
            else doubted(answer, e);
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private void broken(CompletableFuture<Answers> answer, Throwable failure) {
        if (answer.isDone()) return;
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof BoundedBody.TooLargeException)
            answer.completeExceptionally(new GraphException("The engine's answer is too large to be read", cause));
        // It tells of this process, and nothing of the engine.
        else if (cause instanceof Error) answer.completeExceptionally(cause);
        else
            doubted(
                    answer,
                    new GraphException(
                            "The exchange broke in the middle of a request; the engine lives, ask again", cause));
    }

    /**
     * Fails a request, or all of them. One exchange that breaks tells nothing of the others, and the program goes on answering
     * with errors for an engine that was restarted behind its back: only a sign of life tells which it is.
     */
    private void doubted(CompletableFuture<Answers> answer, GraphException failure) {
        var unused = lives().whenComplete((lives, silent) -> heard(answer, () -> {
            if (Boolean.TRUE.equals(lives)) {
                answer.completeExceptionally(failure);
                return;
            }
            var lost = new EngineLostException(
                    "The engine " + choice.name() + " is gone" + words() + "; connect again", failure);
            lose(lost);
            answer.completeExceptionally(lost);
        }));
    }

    private String words() {
        return session.map(started -> started.words(", after it said: ")).orElse("");
    }

    private CompletableFuture<Boolean> lives() {
        if (isLost()) return CompletableFuture.completedFuture(false);
        Document question = Request.of(engine.dialect(), Graph.version());
        CompletableFuture<HttpResponse<byte[]>> asked = posted(question);
        return asked.thenApply(response -> new Response(response, question, redaction)
                        .answers()
                        .get(Graph.version())
                        .equals(version()))
                .orTimeout(SIGN_OF_LIFE.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((lives, silent) -> asked.cancel(true));
    }

    /**
     * Asks for leaves in one request and waits. Interrupting the thread aborts the exchange.
     *
     * @param deadline from now on
     * @param leaves at least one
     * @throws ExecFailure if a command failed
     * @throws GraphException if the request did
     * @throws EngineLostException if the engine is gone
     * @throws TrailsException with code {@code dagger.request-timeout} if the deadline passed
     * @throws TrailsInterruptedException if the thread was interrupted; its flag is set
     */
    public Answers ask(Duration deadline, Leaf<?>... leaves) {
        CompletableFuture<Answers> sent = send(leaves);
        try {
            return sent.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for engine " + choice.name(), e);
        } catch (TimeoutException e) {
            throw new TrailsException(
                    "dagger.request-timeout",
                    "The engine " + choice.name() + " did not answer within " + deadline.toMillis()
                            + " ms, and nobody waits for it any more; try again, with more time",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TrailsException known) throw known;
            if (e.getCause() instanceof Error fatal) throw fatal;
            throw new GraphException("The request failed", e);
        } finally {
            sent.cancel(true);
        }
    }

    /** Whether the engine gives a sign of life within that time. If not, {@link #close} does not wait for it either. */
    public boolean answers(Duration patience) {
        try {
            var unused = ask(patience, Graph.version());
            silent = false;
        } catch (TrailsInterruptedException interrupted) {
            throw interrupted;
        } catch (GraphException refused) {
            silent = false;
        } catch (TrailsException none) {
            silent = true;
        }
        return !silent;
    }

    /** Counts the connections of one {@link Engines}, from 1. */
    public long generation() {
        return generation;
    }

    /** Whether it can no longer be used: the engine is gone, or somebody closed it. */
    public boolean isLost() {
        return end.get() != null;
    }

    public Dialect dialect() {
        return engine.dialect();
    }

    /** Of the engine, such as {@code v0.21.8}. */
    public String version() {
        return engine.version();
    }

    private EngineLostException gone() {
        EngineLostException first = end.get();
        return new EngineLostException(
                first == null ? "The connection is closed" : String.valueOf(first.getMessage()), first);
    }

    private void lose(EngineLostException cause) {
        if (!ended(cause)) return;
        session.ifPresent(DaggerSession::kill);
        listener.accept(new EngineLoss(choice, generation, cause));
    }

    /** Ends what is open, once. */
    private boolean ended(EngineLostException cause) {
        if (!end.compareAndSet(null, cause)) return false;
        for (CompletableFuture<Answers> answer : List.copyOf(open.values())) answer.completeExceptionally(gone());
        wire.close();
        return true;
    }

    /** Begins what {@link #close} waits for. */
    void beginClose() {
        if (ended(new EngineLostException("The connection to engine " + choice.name() + " was closed", null)))
            session.ifPresent(DaggerSession::beginEnd);
    }

    /** Ends the session for all that share it, unless somebody else began it. May be called again. */
    @Override
    public void close() {
        beginClose();
        if (session.isEmpty()) return;
        try {
            if (session.get().awaitEnd(silent ? Duration.ZERO : CLEAN_END)) return;
            session.get().kill();
            session.get().awaitEnd(KILLED_END);
        } catch (InterruptedException e) {
            session.get().kill();
            Thread.currentThread().interrupt();
        }
    }
}
