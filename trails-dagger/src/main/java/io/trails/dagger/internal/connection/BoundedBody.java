package io.trails.dagger.internal.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Keeps an answer that is not too large, and stops reading one that is. The client calls it from one thread at a time. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    /** What {@link #getBody} fails with. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLargeException(int limit) {
            super("The answer is longer than " + limit + " bytes");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) keep(buffer);
        } catch (TooLargeException | RuntimeException | Error e) {
            if (subscription != null) subscription.cancel();
            body.completeExceptionally(e);
        }
    }

    private void keep(ByteBuffer buffer) throws TooLargeException {
        if (kept.size() + buffer.remaining() > limit) throw new TooLargeException(limit);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        kept.writeBytes(bytes);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            body.complete(kept.toByteArray());
        } catch (OutOfMemoryError e) {
            body.completeExceptionally(e);
        }
    }
}
