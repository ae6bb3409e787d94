package io.trails.worktree.pulls;

import io.trails.Reason;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How publishing a branch ended. In all cases the branch is pushed. Immutable. */
public sealed interface PullRequestResult {
    /**
     * The commit that the remote branch is at now.
     *
     * @return its id
     */
    String commit();

    /**
     * What a person should know, such as work that is not committed, or labels that could not be set.
     *
     * @return an unmodifiable list
     */
    List<Reason> notes();

    /**
     * A new request.
     *
     * @param request the request
     * @param commit the commit that the remote branch is at
     * @param notes what a person should know
     */
    record Opened(PullRequest request, String commit, List<Reason> notes) implements PullRequestResult {
        /** Copies the list. */
        public Opened {
            Objects.requireNonNull(notes, "notes");
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(commit, "commit");
            notes = List.copyOf(notes);
        }
    }

    /**
     * A request that was open before, and now shows what was pushed. Its title and text are as they were.
     *
     * @param request the request
     * @param commit the commit that the remote branch is at
     * @param notes what a person should know
     */
    record Existing(PullRequest request, String commit, List<Reason> notes) implements PullRequestResult {
        /** Copies the list. */
        public Existing {
            Objects.requireNonNull(notes, "notes");
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(commit, "commit");
            notes = List.copyOf(notes);
        }
    }

    /**
     * There is no request, because there is no token, or nobody knows the server.
     *
     * @param comparePage where a person opens one, if that is known
     * @param reason why
     * @param commit the commit that the remote branch is at
     * @param notes what a person should know
     */
    record OnlyPushed(Optional<URI> comparePage, Reason reason, String commit, List<Reason> notes)
            implements PullRequestResult {
        /** Copies the list. */
        public OnlyPushed {
            Objects.requireNonNull(notes, "notes");
            Objects.requireNonNull(comparePage, "comparePage");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(commit, "commit");
            notes = List.copyOf(notes);
        }
    }
}
