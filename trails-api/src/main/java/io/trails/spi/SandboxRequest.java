package io.trails.spi;

import io.trails.Checkpoint;
import io.trails.ContainerRecipe;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a sandbox is made for. Immutable. It will grow. */
public final class SandboxRequest {
    private final String sessionId;
    private final Location location;
    private final Path directory;
    private final Limits limits;
    private final NetworkPolicy network;
    private final Map<String, String> environment;
    private final Consumer<Reason> breachReporter;
    private final @Nullable SandboxSettings settings;
    private final Optional<Path> stateDirectory;
    private final boolean bringsBack;
    private final Optional<ContainerRecipe> recipe;
    private final Optional<Checkpoint> forkOf;
    private final Consumer<SandboxNotice> noticeReporter;

    private SandboxRequest(Builder builder) {
        sessionId = builder.sessionId;
        location = builder.location;
        directory = builder.directory;
        limits = builder.limits;
        network = builder.network;
        environment = builder.environment;
        breachReporter = builder.breachReporter;
        settings = builder.settings;
        stateDirectory = builder.stateDirectory;
        bringsBack = builder.bringsBack;
        recipe = builder.recipe;
        forkOf = builder.forkOf;
        noticeReporter = builder.noticeReporter;
    }

    /**
     * Starts a request.
     *
     * @param sessionId lower-case letters, digits and hyphens, at most 64 characters, unique in the project
     * @param location where the session's files are
     * @param directory where the provider may keep files of its own for this session; absolute, existing from
     *     {@code create} on, private to the user, and removed by the engine after {@code remove}; another one whenever
     *     a name is opened anew
     * @return a builder
     */
    public static Builder builder(String sessionId, Location location, Path directory) {
        return new Builder(sessionId, location, directory);
    }

    /**
     * The session's id.
     *
     * @return safe as a file name
     */
    public String sessionId() {
        return sessionId;
    }

    /**
     * Where the session's files are.
     *
     * @return of a type the provider accepts
     */
    public Location location() {
        return location;
    }

    /**
     * Where the provider may keep files of its own for this session.
     *
     * @return an absolute path
     */
    public Path directory() {
        return directory;
    }

    /**
     * What the session's processes may use.
     *
     * @return the limits
     */
    public Limits limits() {
        return limits;
    }

    /**
     * Which network the session's processes may reach.
     *
     * @return the policy
     */
    public NetworkPolicy network() {
        return network;
    }

    /**
     * The host's environment, from which processes inherit what does not hijack them. Never stored.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Where a breach of a limit is reported. Returns quickly and throws nothing.
     *
     * @return the reporter
     */
    public Consumer<Reason> breachReporter() {
        return breachReporter;
    }

    /**
     * What is configured for sandboxes.
     *
     * @return the settings, empty unless configured
     */
    public SandboxSettings settings() {
        return settings == null ? SandboxSettings.none() : settings;
    }

    /**
     * Where trails keeps the project's state. It may lie among the session's files, and nothing below it is theirs: neither
     * their size nor their changes.
     *
     * @return an absolute path without symbolic links, or empty where nobody said
     */
    public Optional<Path> stateDirectory() {
        return stateDirectory;
    }

    /**
     * Whether the location is the session's own, so that a sandbox that works on a copy brings changes back by itself.
     *
     * @return false if the location is shared with others
     */
    public boolean bringsBack() {
        return bringsBack;
    }

    /**
     * How a container is made. Only {@code plan} is told, and everything of it that is needed later is in the plan.
     *
     * @return the recipe, or empty for the provider's default
     */
    public Optional<ContainerRecipe> recipe() {
        return recipe;
    }

    /**
     * The checkpoint, of any session of the project, whose system the session starts with. Only {@code plan} is told. A provider
     * that does not have it any more starts without and says so.
     *
     * @return the checkpoint
     */
    public Optional<Checkpoint> forkOf() {
        return forkOf;
    }

    /**
     * Where the sandbox tells what is no answer to a call. Returns quickly and throws nothing.
     *
     * @return the reporter
     */
    public Consumer<SandboxNotice> noticeReporter() {
        return noticeReporter;
    }

    /**
     * The same to be changed, as for another provider that is asked in turn.
     *
     * @return a builder with everything that is in this request
     */
    public Builder toBuilder() {
        var copy = new Builder(sessionId, location, directory);
        copy.limits = limits;
        copy.network = network;
        copy.environment = environment;
        copy.breachReporter = breachReporter;
        copy.settings = settings;
        copy.stateDirectory = stateDirectory;
        copy.bringsBack = bringsBack;
        copy.recipe = recipe;
        copy.forkOf = forkOf;
        copy.noticeReporter = noticeReporter;
        return copy;
    }

    /** Builds a request. Single-threaded. */
    public static final class Builder {
        private final String sessionId;
        private final Path directory;
        private Location location;
        private Limits limits = Limits.none();
        private NetworkPolicy network = NetworkPolicy.open();
        private Map<String, String> environment = Map.of();
        private Consumer<Reason> breachReporter = breach -> {};
        private @Nullable SandboxSettings settings;
        private Optional<Path> stateDirectory = Optional.empty();
        private boolean bringsBack;
        private Optional<ContainerRecipe> recipe = Optional.empty();
        private Optional<Checkpoint> forkOf = Optional.empty();
        private Consumer<SandboxNotice> noticeReporter = notice -> {};

        private Builder(String sessionId, Location location, Path directory) {
            this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
            this.location = Objects.requireNonNull(location, "location");
            this.directory = Objects.requireNonNull(directory, "directory");
        }

        /**
         * Sets another location.
         *
         * @param files where the session's files are
         * @return this builder
         */
        public Builder location(Location files) {
            location = Objects.requireNonNull(files, "files");
            return this;
        }

        /**
         * Sets the limits.
         *
         * @param wanted none unless set
         * @return this builder
         */
        public Builder limits(Limits wanted) {
            limits = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Sets the network policy.
         *
         * @param wanted open unless set
         * @return this builder
         */
        public Builder network(NetworkPolicy wanted) {
            network = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Sets the host's environment.
         *
         * @param host empty unless set
         * @return this builder
         */
        public Builder environment(Map<String, String> host) {
            environment = Map.copyOf(host);
            return this;
        }

        /**
         * Sets where a breach of a limit is reported.
         *
         * @param reporter nowhere unless set
         * @return this builder
         */
        public Builder breachReporter(Consumer<Reason> reporter) {
            breachReporter = Objects.requireNonNull(reporter, "reporter");
            return this;
        }

        /**
         * Sets what is configured for sandboxes.
         *
         * @param configured nothing unless set
         * @return this builder
         */
        public Builder settings(SandboxSettings configured) {
            settings = Objects.requireNonNull(configured, "configured");
            return this;
        }

        /**
         * Sets where trails keeps the project's state.
         *
         * @param chosen absolute, without symbolic links
         * @return this builder
         */
        public Builder stateDirectory(Path chosen) {
            stateDirectory = Optional.of(chosen);
            return this;
        }

        /**
         * Says that the location is the session's own.
         *
         * @param own false unless set
         * @return this builder
         */
        public Builder bringsBack(boolean own) {
            bringsBack = own;
            return this;
        }

        /**
         * Sets how a container is made.
         *
         * @param wanted the provider's default unless set
         * @return this builder
         */
        public Builder recipe(ContainerRecipe wanted) {
            recipe = Optional.of(wanted);
            return this;
        }

        /**
         * Sets the checkpoint whose system the session starts with.
         *
         * @param checkpoint of any session of the project
         * @return this builder
         */
        public Builder forkOf(Checkpoint checkpoint) {
            forkOf = Optional.of(checkpoint);
            return this;
        }

        /**
         * Sets where the sandbox tells what is no answer to a call.
         *
         * @param reporter nowhere unless set
         * @return this builder
         */
        public Builder noticeReporter(Consumer<SandboxNotice> reporter) {
            noticeReporter = Objects.requireNonNull(reporter, "reporter");
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public SandboxRequest build() {
            return new SandboxRequest(this);
        }
    }
}
