package io.trails.dagger.internal.live;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to a bridge and its answers, which come one after the other. Thread-safe. */
final class UsageQuestions {
    private final Map<Long, CompletableFuture<LiveUsage>> open = new HashMap<>();
    private long last;
    private boolean closed;
    // Only the thread that listens to the bridge.
    private ProcessCount count = new ProcessCount();

    LiveUsage ask(Control control, Duration patience) {
        var answer = new CompletableFuture<LiveUsage>();
        long question;
        synchronized (open) {
            if (closed) return LiveUsage.NONE;
            question = ++last;
            open.put(question, answer);
        }
        control.askUsage(question);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("asking what a program uses", e);
        } catch (ExecutionException | TimeoutException silent) {
            return LiveUsage.NONE;
        } finally {
            synchronized (open) {
                open.remove(question);
            }
        }
    }

    void add(Event.Listed process) {
        count.add(process);
    }

    void answer(Event.Told told, Event.Started started) {
        LiveUsage usage = count.of(started, told.pageSize());
        count = new ProcessCount();
        CompletableFuture<LiveUsage> answer;
        synchronized (open) {
            answer = open.get(told.question());
        }
        if (answer != null) answer.complete(usage);
    }

    void close() {
        synchronized (open) {
            closed = true;
            open.values().forEach(answer -> answer.complete(LiveUsage.NONE));
        }
    }
}
