package io.trails.worktree.internal.merge;

import io.trails.MergeRequest;
import io.trails.MergeStrategy;
import io.trails.worktree.internal.git.GitCall;
import java.util.List;

/** What commits are called unless the request says so. */
final class Messages {
    private static final int LISTED = 50;

    private Messages() {}

    /** Where no other commit is made, the request's message is this one's. */
    static String work(MergeRequest request, String sessionId) {
        boolean only =
                request.strategy() == MergeStrategy.REBASE || request.strategy() == MergeStrategy.FAST_FORWARD_ONLY;
        String usual = "Keep the work of session " + sessionId;
        return only ? request.message().orElse(usual) : usual;
    }

    static String merge(MergeRequest request, String sessionId, Target target) {
        return request.message().orElse("Merge session " + sessionId + " into " + target.name());
    }

    static String squash(
            MergeRequest request,
            String sessionId,
            MergeStore store,
            Landings landings,
            Target target,
            String session) {
        if (request.message().isPresent()) return request.message().get();
        GitCall log = GitCall.of(
                "log",
                "--reverse",
                "--no-merges",
                "--encoding=UTF-8",
                "--max-count=" + LISTED,
                "--format=* %s",
                session,
                "^" + target.commit());
        for (Landing landing :
                landings.between(store, target.commit(), session).stream().toList())
            log = log.and("^" + landing.work());
        List<String> subjects = store.run(log).lines();
        return "Add the work of session " + sessionId + "\n\n" + String.join("\n", subjects);
    }
}
