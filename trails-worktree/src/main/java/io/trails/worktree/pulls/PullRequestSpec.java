package io.trails.worktree.pulls;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a pull request says, and where it goes. Immutable. It will grow. */
public final class PullRequestSpec {
    private final String title;
    private final String body;
    private final Optional<String> base;
    private final Optional<String> remote;
    private final Optional<String> fork;
    private final boolean draft;
    private final boolean hooksInTree;
    private final List<String> labels;
    private final List<String> reviewers;

    private PullRequestSpec(Builder builder) {
        title = builder.title;
        body = builder.body;
        base = builder.base;
        remote = builder.remote;
        fork = builder.fork;
        draft = builder.draft;
        hooksInTree = builder.hooksInTree;
        labels = builder.labels;
        reviewers = builder.reviewers;
    }

    /**
     * Starts a specification.
     *
     * @param title not blank
     * @return a builder
     */
    public static Builder titled(String title) {
        Objects.requireNonNull(title, "title");
        return new Builder(title);
    }

    /**
     * Its title.
     *
     * @return not blank
     */
    public String title() {
        return title;
    }

    /**
     * Its text.
     *
     * @return Markdown; empty unless set
     */
    public String body() {
        return body;
    }

    /**
     * The branch it should be merged into.
     *
     * @return short, or empty for the remote's default branch
     */
    public Optional<String> base() {
        return base;
    }

    /**
     * The remote whose repository gets the request.
     *
     * @return its name, or empty for the one that the base branch follows, else {@code origin}, else the only one
     */
    public Optional<String> remote() {
        return remote;
    }

    /**
     * The remote that the branch is pushed to, if it is another one.
     *
     * @return its name
     */
    public Optional<String> fork() {
        return fork;
    }

    /**
     * Whether it is opened as a draft.
     *
     * @return false unless set
     */
    public boolean isDraft() {
        return draft;
    }

    /**
     * Whether a {@code pre-push} hook that lies in the session's own tree runs.
     *
     * @return false unless set
     */
    public boolean runsHooksInTree() {
        return hooksInTree;
    }

    /**
     * Labels that it gets.
     *
     * @return an unmodifiable list
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * Who is asked for a review when it is opened.
     *
     * @return an unmodifiable list
     */
    public List<String> reviewers() {
        return reviewers;
    }

    /** Builds specifications. Single-threaded. */
    public static final class Builder {
        private final String title;
        private String body = "";
        private Optional<String> base = Optional.empty();
        private Optional<String> remote = Optional.empty();
        private Optional<String> fork = Optional.empty();
        private boolean draft;
        private boolean hooksInTree;
        private List<String> labels = List.of();
        private List<String> reviewers = List.of();

        private Builder(String title) {
            if (title.isBlank()) throw new IllegalArgumentException("A pull request has a title");
            this.title = title;
        }

        /**
         * Sets its text.
         *
         * @param markdown any text
         * @return this builder
         */
        public Builder body(String markdown) {
            body = Objects.requireNonNull(markdown, "markdown");
            return this;
        }

        /**
         * Sets the branch it should be merged into.
         *
         * @param branch short, such as {@code main}
         * @return this builder
         */
        public Builder base(String branch) {
            base = Optional.of(Objects.requireNonNull(branch, "branch"));
            return this;
        }

        /**
         * Sets the remote whose repository gets the request.
         *
         * @param name of a remote
         * @return this builder
         */
        public Builder remote(String name) {
            remote = Optional.of(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Sets the remote that the branch is pushed to.
         *
         * @param name of a remote, the fork's
         * @return this builder
         */
        public Builder fork(String name) {
            fork = Optional.of(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Sets whether it is opened as a draft.
         *
         * @param notReady true for a draft
         * @return this builder
         */
        public Builder draft(boolean notReady) {
            draft = notReady;
            return this;
        }

        /**
         * Lets a {@code pre-push} hook run that lies in the session's own tree, where the agent can change it. Hooks elsewhere
         * always run.
         *
         * @param trusted true if it is trusted
         * @return this builder
         */
        public Builder runHooksInTree(boolean trusted) {
            hooksInTree = trusted;
            return this;
        }

        /**
         * Sets its labels.
         *
         * @param names as the server calls them
         * @return this builder
         */
        public Builder labels(String... names) {
            labels = List.of(Objects.requireNonNull(names, "names"));
            return this;
        }

        /**
         * Sets who is asked for a review.
         *
         * @param names of users, as the server calls them
         * @return this builder
         */
        public Builder reviewers(String... names) {
            reviewers = List.of(Objects.requireNonNull(names, "names"));
            return this;
        }

        /**
         * Builds the specification.
         *
         * @return the specification
         */
        public PullRequestSpec build() {
            return new PullRequestSpec(this);
        }
    }
}
