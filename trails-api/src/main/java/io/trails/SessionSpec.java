package io.trails;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a host asks of a new session. Immutable. {@link #toString()} shows no value of the environment. */
public final class SessionSpec {
    private final String name;
    private final Optional<String> agent;
    private final Optional<AgentProfile> profile;
    private final Optional<Mode> mode;
    private final Map<String, String> environment;
    private final Limits limits;
    private final NetworkPolicy network;
    private final Set<Isolation> requires;
    private final Optional<TaskComplexity> complexity;
    private final boolean forced;
    private final Optional<RecordingOptions> recording;
    private final Optional<String> baseRef;
    private final Optional<DirtyPolicy> dirty;
    private final Optional<Checkpoint> forkOf;
    private final Optional<ContainerRecipe> container;

    private SessionSpec(Builder builder) {
        name = builder.name;
        agent = builder.agent;
        profile = builder.profile;
        mode = builder.mode;
        environment = Map.copyOf(builder.environment);
        limits = builder.limits;
        network = builder.network;
        requires = Set.copyOf(builder.requires);
        complexity = builder.complexity;
        forced = builder.forced;
        recording = builder.recording;
        baseRef = builder.baseRef;
        dirty = builder.dirty;
        forkOf = builder.forkOf;
        container = builder.container;
    }

    /**
     * Starts a spec.
     *
     * @param name what the host calls the session; unique in its project. Any text of 1 to 200 characters without control
     *     characters; {@link SessionInfo#id()} is what files and branches are called
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * What the host calls the session.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Name of the agent's profile.
     *
     * @return the name, or empty for a session without an agent
     */
    public Optional<String> agent() {
        return agent;
    }

    /**
     * The agent's profile, if the host gave one with the spec.
     *
     * @return the profile, or empty if it is looked up by its name
     */
    public Optional<AgentProfile> profile() {
        return profile;
    }

    /**
     * The mode asked for.
     *
     * @return the mode, or empty to let the settings decide
     */
    public Optional<Mode> mode() {
        return mode;
    }

    /**
     * Variables every process of the session gets. Their values are never stored.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> environment() {
        return environment;
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
     * What the session must isolate.
     *
     * @return an unmodifiable set
     */
    public Set<Isolation> requires() {
        return requires;
    }

    /**
     * How demanding the task is.
     *
     * @return the complexity, or empty if nobody said
     */
    public Optional<TaskComplexity> complexity() {
        return complexity;
    }

    /**
     * Whether a mode weaker than the configured one is accepted on purpose.
     *
     * @return true if so
     */
    public boolean forced() {
        return forced;
    }

    /**
     * How the session's terminals are recorded.
     *
     * @return the options, or empty to let the settings decide, which record nothing unless told to
     */
    public Optional<RecordingOptions> recording() {
        return recording;
    }

    /**
     * What the session's files start from.
     *
     * @return a branch, tag or commit; empty for what is checked out in the project
     */
    public Optional<String> baseRef() {
        return baseRef;
    }

    /**
     * What becomes of work in the project that is not committed.
     *
     * @return the policy, or empty to let the settings decide, which carry it unless told otherwise
     */
    public Optional<DirtyPolicy> dirty() {
        return dirty;
    }

    /**
     * The checkpoint the session's files start from.
     *
     * @return one of any session of the project, or empty
     */
    public Optional<Checkpoint> forkOf() {
        return forkOf;
    }

    /**
     * How the session's container is made, if it gets one.
     *
     * @return the recipe, or empty to let the settings decide
     */
    public Optional<ContainerRecipe> container() {
        return container;
    }

    @Override
    public String toString() {
        return "SessionSpec[" + name + agent.map(a -> ", agent " + a).orElse("")
                + mode.map(m -> ", mode " + m).orElse("") + "]";
    }

    /** Builds a spec. Single-threaded. */
    public static final class Builder {
        private final String name;
        private Optional<String> agent = Optional.empty();
        private Optional<AgentProfile> profile = Optional.empty();
        private Optional<Mode> mode = Optional.empty();
        private Map<String, String> environment = Map.of();
        private Limits limits = Limits.none();
        private NetworkPolicy network = NetworkPolicy.open();
        private Set<Isolation> requires = Set.of();
        private Optional<TaskComplexity> complexity = Optional.empty();
        private boolean forced;
        private Optional<RecordingOptions> recording = Optional.empty();
        private Optional<String> baseRef = Optional.empty();
        private Optional<DirtyPolicy> dirty = Optional.empty();
        private Optional<Checkpoint> forkOf = Optional.empty();
        private Optional<ContainerRecipe> container = Optional.empty();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Sets the agent by the name of its profile.
         *
         * @param profileName such as {@code claude}
         * @return this builder
         */
        public Builder agent(String profileName) {
            Objects.requireNonNull(profileName, "profileName");
            agent = Optional.of(profileName);
            profile = Optional.empty();
            return this;
        }

        /**
         * Sets a plain command as the agent. The command is stored with the session: a secret belongs in the environment.
         *
         * @param agentName what settings and policies call it
         * @param argv the program and its arguments
         * @return this builder
         */
        public Builder agent(String agentName, String... argv) {
            Objects.requireNonNull(agentName, "agentName");
            Objects.requireNonNull(argv, "argv");
            return argv.length == 0
                    ? agent(agentName)
                    : agent(AgentProfile.named(agentName, argv).build());
        }

        /**
         * Sets the agent with a profile of the host's own.
         *
         * @param ownProfile the profile
         * @return this builder
         */
        public Builder agent(AgentProfile ownProfile) {
            Objects.requireNonNull(ownProfile, "ownProfile");
            agent = Optional.of(ownProfile.name());
            profile = Optional.of(ownProfile);
            return this;
        }

        /**
         * Asks for a mode. It wins over all settings, but not over the security policy.
         *
         * @param wanted the mode
         * @return this builder
         */
        public Builder mode(Mode wanted) {
            Objects.requireNonNull(wanted, "wanted");
            mode = Optional.of(wanted);
            return this;
        }

        /**
         * Sets variables every process of the session gets. Only their names are stored: a host that re-attaches in a new
         * JVM passes the values with {@link TrailsBuilder#environment}.
         *
         * @param variables names and values
         * @return this builder
         */
        public Builder environment(Map<String, String> variables) {
            Objects.requireNonNull(variables, "variables");
            variables.forEach(EnvironmentNames::check);
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * Limits the session's processes.
         *
         * @param wanted the limits
         * @return this builder
         */
        public Builder limits(Limits wanted) {
            limits = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Restricts the session's network.
         *
         * @param wanted the policy
         * @return this builder
         */
        public Builder network(NetworkPolicy wanted) {
            network = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Insists on isolation. A mode that does not isolate all of it does not fit.
         *
         * @param isolation what must be isolated
         * @return this builder
         */
        public Builder requires(Isolation... isolation) {
            Objects.requireNonNull(isolation, "isolation");
            requires = isolation.length == 0 ? Set.of() : EnumSet.copyOf(List.of(isolation));
            return this;
        }

        /**
         * Says how demanding the task is.
         *
         * @param declared the complexity
         * @return this builder
         */
        public Builder complexity(TaskComplexity declared) {
            Objects.requireNonNull(declared, "declared");
            complexity = Optional.of(declared);
            return this;
        }

        /**
         * Accepts a mode weaker than the configured one, where the security policy wants such a downgrade to be forced.
         * It lifts nothing else.
         *
         * @return this builder
         */
        public Builder force() {
            forced = true;
            return this;
        }

        /**
         * Has the session's terminals recorded, where their provider can. It holds for all terminals of the session, in
         * every JVM that takes it up.
         *
         * @param how what is recorded
         * @return this builder
         */
        public Builder recording(RecordingOptions how) {
            Objects.requireNonNull(how, "how");
            recording = Optional.of(how);
            return this;
        }

        /**
         * Sets what the session's files start from. Work in the project that is not committed is then left where it is, unless
         * {@link #dirty} says otherwise. A session whose files are the project's own is then not opened.
         *
         * @param ref a branch, tag or commit
         * @return this builder
         */
        public Builder baseRef(String ref) {
            baseRef = Optional.of(Objects.requireNonNull(ref, "ref"));
            return this;
        }

        /**
         * Sets what becomes of work in the project that is not committed, where the session's files are its own.
         *
         * @param policy what
         * @return this builder
         */
        public Builder dirty(DirtyPolicy policy) {
            dirty = Optional.of(Objects.requireNonNull(policy, "policy"));
            return this;
        }

        /**
         * Lets the session's files start from a checkpoint of any session of the project: on the commit that one was on, with
         * the differences not committed. A session whose files are the project's own is then not opened.
         *
         * @param checkpoint what it was
         * @return this builder
         */
        public Builder forkOf(Checkpoint checkpoint) {
            forkOf = Optional.of(Objects.requireNonNull(checkpoint, "checkpoint"));
            return this;
        }

        /**
         * Says how the session's container is made, if it gets one. It is stored with the session.
         *
         * @param recipe how
         * @return this builder
         */
        public Builder container(ContainerRecipe recipe) {
            Objects.requireNonNull(recipe, "recipe");
            container = Optional.of(recipe);
            return this;
        }

        /**
         * Builds the spec.
         *
         * @return the spec
         */
        public SessionSpec build() {
            return new SessionSpec(this);
        }
    }
}
