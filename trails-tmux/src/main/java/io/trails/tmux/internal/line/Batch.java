package io.trails.tmux.internal.line;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Commands that were sent together, and the replies so far. Of the thread that reads them. */
final class Batch {
    private final CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    private final List<Reply> replies = new ArrayList<>();
    private final int count;

    Batch(int count) {
        this.count = count;
    }

    void add(Reply reply) {
        replies.add(reply);
        if (replies.size() == count) answer.complete(List.copyOf(replies));
    }

    void fail(LineLostException why) {
        answer.completeExceptionally(why);
    }

    CompletableFuture<List<Reply>> answer() {
        return answer;
    }
}
