package io.trails.internal.state;

import io.trails.TrailsException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One change that waits, and what came of it. */
final class StateChange<T> {
    private final Function<StateDraft, T> mutation;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private boolean finished;
    private boolean independent;

    StateChange(Function<StateDraft, T> mutation) {
        this.mutation = mutation;
    }

    /** Applies it. Whatever it throws is the business of the one who asked for it, and leaves the entries as they were. */
    Map<String, SessionEntry> apply(Map<String, SessionEntry> entries, boolean othersChanged) {
        var draft = new StateDraft(entries);
        try {
            result = mutation.apply(draft);
            independent = !othersChanged && !draft.changed();
            finished = true;
            return draft.end();
        } catch (RuntimeException | Error thrown) {
            draft.end();
            failure = thrown;
            independent = !othersChanged;
            finished = true;
            return entries;
        }
    }

    /** What it depends on was not saved. One that saw only what is in the file, and changed nothing, stands. */
    void fail(Throwable cause) {
        if (finished && independent) return;
        failure = cause instanceof TrailsException shared
                // Each waiting thread gets one with its own stack trace.
                ? new TrailsException(shared.code(), String.valueOf(shared.getMessage()), shared)
                : cause;
        finished = true;
    }

    T outcome() {
        if (failure instanceof RuntimeException exception) throw exception;
        if (failure instanceof Error error) throw error;
        if (!finished) throw new IllegalStateException("The change was given up");
        return finishedResult();
    }

    @SuppressWarnings("NullAway") // T may be nullable for a caller that has nothing to return; then null is its value.
    private T finishedResult() {
        return result;
    }
}
