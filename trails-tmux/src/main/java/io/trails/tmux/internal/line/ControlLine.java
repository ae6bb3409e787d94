package io.trails.tmux.internal.line;

import io.trails.Execution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Commands over one control client that stays connected: one line each, answered in order. Commands that run further
 * commands, such as {@code if-shell} or {@code source-file}, have more than one answer and must not be sent.
 */
public final class ControlLine implements TmuxLine {
    private static final Duration END_PATIENCE = Duration.ofSeconds(1);
    private static final int READ_BYTES = 64 << 10;

    private final Execution client;
    private final Outbox outbox;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentLinkedQueue<Expected> expected = new ConcurrentLinkedQueue<>();
    private final Object order = new Object();
    private volatile @Nullable LineLostException broken;

    /**
     * Takes over a client that attaches. Whether it does is known with the first answer.
     *
     * @param client {@code tmux -C attach-session}, whose error stream goes nowhere
     * @param name of the threads
     */
    public ControlLine(Execution client, String name) {
        this.client = client;
        outbox = new Outbox(name, client.stdin(), e -> breakOff(lost("cannot be written to", e)));
        var reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.start();
    }

    /** A command whose reply has not come yet. */
    private record Expected(Batch batch, Optional<Fence> fence, int bytes) {}

    @Override
    public CompletableFuture<List<Reply>> send(List<TmuxCommand> commands) {
        if (commands.isEmpty()) return CompletableFuture.completedFuture(List.of());
        var batch = new Batch(commands.size());
        var replies = new ArrayList<Expected>(commands.size());
        var bytes = new ByteArrayOutputStream();
        for (TmuxCommand command : commands) {
            int before = bytes.size();
            bytes.writeBytes(QuotedWords.line(command));
            Optional<Fence> fence = command.showsProgramText() ? Optional.of(Fence.random(random)) : Optional.empty();
            fence.ifPresent(end -> bytes.writeBytes(end.line()));
            replies.add(new Expected(batch, fence, bytes.size() - before));
        }
        write(replies, bytes.toByteArray());
        LineLostException why = broken;
        if (why != null) breakOff(why);
        return batch.answer();
    }

    private void write(List<Expected> replies, byte[] bytes) {
        try {
            synchronized (order) {
                expected.addAll(replies);
                if (broken == null) outbox.write(bytes);
            }
        } catch (IOException e) {
            breakOff(lost("cannot be written to", e));
        }
    }

    private void read() {
        var parser = new ReplyParser(new Answers());
        var lines = new Lines(parser::line);
        byte[] buffer = new byte[READ_BYTES];
        try {
            for (int n = client.stdout().read(buffer);
                    n >= 0;
                    n = client.stdout().read(buffer)) {
                lines.feed(buffer, n);
            }
            breakOff(new LineLostException("The tmux server, or the client that is connected to it, has ended"));
        } catch (IOException e) {
            breakOff(lost("cannot be read from", e));
        } catch (LineLostException e) {
            breakOff(e);
        }
    }

    private static LineLostException lost(String what, IOException cause) {
        return new LineLostException("The client of the tmux server " + what + ": " + cause.getMessage(), cause);
    }

    /** Everybody who waits is told; whoever comes later finds it broken. */
    private void breakOff(LineLostException why) {
        var waiting = new ArrayDeque<Expected>();
        synchronized (order) {
            if (broken == null) broken = why;
            for (Expected next = expected.poll(); next != null; next = expected.poll()) waiting.add(next);
        }
        for (Expected next : waiting) next.batch.fail(why);
    }

    @Override
    public boolean isOpen() {
        return broken == null;
    }

    @Override
    public void close() {
        breakOff(new LineLostException("The line to the tmux server was closed"));
        // Without input the client takes its leave. A write that does not end would hold the stream.
        if (!outbox.isDraining()) leave();
        client.close();
    }

    private void leave() {
        try {
            client.stdin().close();
            client.onExit().get(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException e) {
            LoggerFactory.getLogger(ControlLine.class).debug("A client of tmux did not end by itself", e);
        }
    }

    /** Hands replies to those who wait. On the reading thread. */
    private final class Answers implements ReplyParser.Sink {
        @Override
        public boolean expectsReply() {
            return !expected.isEmpty();
        }

        @Override
        public @Nullable Fence nextFence() {
            Expected next = expected.peek();
            return next == null ? null : next.fence.orElse(null);
        }

        @Override
        public void reply(Reply reply) {
            Expected next = expected.poll();
            if (next == null) return;
            outbox.answered(next.bytes);
            next.batch.add(reply);
        }

        @Override
        public void exit() {
            throw new LineLostException("The tmux server has ended, or has sent this client away");
        }
    }
}
