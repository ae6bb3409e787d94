package io.trails;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What {@link Session#preview} and {@link Session#merge} are asked for. Immutable. It will grow. */
public final class MergeRequest {
    private final Optional<String> target;
    private final MergeStrategy strategy;
    private final Optional<String> message;
    private final Map<String, Resolution> resolutions;
    private final Optional<ConflictResolver> resolver;
    private final Optional<String> expected;
    private final boolean hooks;
    private final Optional<Boolean> signed;
    private final boolean markersAllowed;

    private MergeRequest(Builder builder) {
        target = builder.target;
        strategy = builder.strategy;
        message = builder.message;
        resolutions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.resolutions));
        resolver = builder.resolver;
        expected = builder.expected;
        hooks = builder.hooks;
        signed = builder.signed;
        markersAllowed = builder.markersAllowed;
    }

    /**
     * Merges into a branch with a merge commit.
     *
     * @param branch its name, such as {@code main}
     * @return the request
     */
    public static MergeRequest into(String branch) {
        return builder().target(branch).build();
    }

    /**
     * Merges into the branch the session started from, unless told otherwise.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with what this request has.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.target = target;
        builder.strategy = strategy;
        builder.message = message;
        builder.resolutions.putAll(resolutions);
        builder.resolver = resolver;
        builder.expected = expected;
        builder.hooks = hooks;
        builder.signed = signed;
        builder.markersAllowed = markersAllowed;
        return builder;
    }

    /**
     * The branch that gets the work.
     *
     * @return its name, or empty for the one the session started from
     */
    public Optional<String> target() {
        return target;
    }

    /**
     * How the work gets there.
     *
     * @return the strategy
     */
    public MergeStrategy strategy() {
        return strategy;
    }

    /**
     * The message of the merge or squash commit.
     *
     * @return the message, or empty for one that names the session and the target
     */
    public Optional<String> message() {
        return message;
    }

    /**
     * Decisions by {@link Conflict#path()}.
     *
     * @return an unmodifiable map
     */
    public Map<String, Resolution> resolutions() {
        return resolutions;
    }

    /**
     * Who decides what no resolution was given for.
     *
     * @return the resolver, if there is one
     */
    public Optional<ConflictResolver> resolver() {
        return resolver;
    }

    /**
     * What both sides have to be.
     *
     * @return the token of a preview, or empty if any state will do
     */
    public Optional<String> expected() {
        return expected;
    }

    /**
     * Whether the hooks that git would run for these commits are run.
     *
     * @return true unless switched off
     */
    public boolean hooks() {
        return hooks;
    }

    /**
     * Whether the commits are signed.
     *
     * @return yes or no, or empty for what git is configured to do
     */
    public Optional<Boolean> signed() {
        return signed;
    }

    /**
     * Whether a resolution may contain conflict markers.
     *
     * @return false unless allowed
     */
    public boolean markersAllowed() {
        return markersAllowed;
    }

    @Override
    public String toString() {
        return "MergeRequest[" + strategy + " into " + target.orElse("the branch the session started from") + "]";
    }

    /** Builds a request. Single-threaded. */
    public static final class Builder {
        private Optional<String> target = Optional.empty();
        private MergeStrategy strategy = MergeStrategy.MERGE;
        private Optional<String> message = Optional.empty();
        private final Map<String, Resolution> resolutions = new LinkedHashMap<>();
        private Optional<ConflictResolver> resolver = Optional.empty();
        private Optional<String> expected = Optional.empty();
        private boolean hooks = true;
        private Optional<Boolean> signed = Optional.empty();
        private boolean markersAllowed;

        private Builder() {}

        /**
         * Sets the branch that gets the work.
         *
         * @param branch its name, such as {@code main}
         * @return this builder
         */
        public Builder target(String branch) {
            target = Optional.of(Objects.requireNonNull(branch, "branch"));
            return this;
        }

        /**
         * Sets how the work gets there.
         *
         * @param wanted the strategy
         * @return this builder
         */
        public Builder strategy(MergeStrategy wanted) {
            strategy = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Sets the message of the merge or squash commit.
         *
         * @param text the message
         * @return this builder
         */
        public Builder message(String text) {
            message = Optional.of(Objects.requireNonNull(text, "text"));
            return this;
        }

        /**
         * Decides a conflict.
         *
         * @param path as {@link Conflict#path()} gives it
         * @param decision how
         * @return this builder
         */
        public Builder resolve(String path, Resolution decision) {
            resolutions.put(Objects.requireNonNull(path, "path"), Objects.requireNonNull(decision, "decision"));
            return this;
        }

        /**
         * Sets who decides the conflicts for which there is no resolution.
         *
         * @param decider asked once per conflict
         * @return this builder
         */
        public Builder resolver(ConflictResolver decider) {
            resolver = Optional.of(Objects.requireNonNull(decider, "decider"));
            return this;
        }

        /**
         * Merges only what the preview showed: if either side has moved since, the result is {@link MergeResult.Blocked}.
         *
         * @param preview what was looked at
         * @return this builder
         */
        public Builder expecting(MergePreview preview) {
            expected = Optional.of(Objects.requireNonNull(preview, "preview").token());
            return this;
        }

        /**
         * Runs none of the user's hooks.
         *
         * @return this builder
         */
        public Builder withoutHooks() {
            hooks = false;
            return this;
        }

        /**
         * Signs the commits or not, whatever git is configured to do.
         *
         * @param wanted yes or no
         * @return this builder
         */
        public Builder signed(boolean wanted) {
            signed = Optional.of(wanted);
            return this;
        }

        /**
         * Lets a resolution contain conflict markers.
         *
         * @return this builder
         */
        public Builder allowMarkers() {
            markersAllowed = true;
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public MergeRequest build() {
            return new MergeRequest(this);
        }
    }
}
