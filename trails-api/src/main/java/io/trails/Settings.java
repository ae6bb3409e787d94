package io.trails;

import io.trails.internal.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What can be configured. Immutable. The same as in a settings file, whose keys are named below; an absent setting means
 * that the next source decides.
 *
 * <p>Without {@link TrailsBuilder#settings}, trails reads {@code <project>/.trails/settings.json} and the user's
 * {@code settings.json}; see {@code docs/settings.md}.
 */
public final class Settings {
    private static final Settings EMPTY = builder().build();

    private final Optional<String> mode;
    private final Map<String, String> modePreferences;
    private final Optional<Boolean> fallback;
    private final Optional<List<String>> fallbackChain;
    private final List<ModeRule> projectRules;
    private final Map<String, AgentProfile> agents;
    private final Map<String, Mode> modes;
    private final SecurityPolicy policy;
    private final Optional<Path> cgroupParent;
    private final boolean decidesRecording;
    private final Optional<RecordingOptions> recording;
    private final Optional<Path> worktreeLocation;
    private final Optional<DirtyPolicy> dirty;
    private final Optional<Boolean> largeFiles;
    private final List<SetupCommand> setup;
    private final Optional<ContainerRecipe> container;
    private final Map<String, ContainerRecipe> agentContainers;
    private final Set<String> approvedRecipes;
    private final Map<String, ContainerEngine> engines;
    private final OptionalLong uploadLimit;

    private Settings(Builder builder) {
        mode = builder.mode;
        modePreferences = Collections.unmodifiableMap(new LinkedHashMap<>(builder.modePreferences));
        fallback = builder.fallback;
        fallbackChain = builder.fallbackChain;
        projectRules = List.copyOf(builder.projectRules);
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(builder.agents));
        modes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.modes));
        policy = builder.policy;
        cgroupParent = builder.cgroupParent;
        decidesRecording = builder.decidesRecording;
        recording = builder.recording;
        worktreeLocation = builder.worktreeLocation;
        dirty = builder.dirty;
        largeFiles = builder.largeFiles;
        setup = List.copyOf(builder.setup);
        container = builder.container;
        agentContainers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.agentContainers));
        approvedRecipes = Set.copyOf(builder.approvedRecipes);
        engines = Collections.unmodifiableMap(new LinkedHashMap<>(builder.engines));
        uploadLimit = builder.uploadLimit;
    }

    /**
     * Reads a settings file that the host keeps itself, for {@link TrailsBuilder#settings}. Keys that are not known are
     * logged as warnings. Names of modes that the file does not define are checked when they are used.
     *
     * @param file JSON; comments and trailing commas are tolerated
     * @return what it configures
     * @throws TrailsException {@code settings.invalid} with file, line and key for a wrong value;
     *     {@code settings.unreadable}, also if there is no such file; {@code settings.too-big}
     */
    public static Settings read(Path file) {
        Objects.requireNonNull(file, "file");
        return SettingsLoader.read(file);
    }

    /**
     * Configures nothing.
     *
     * @return the empty settings
     */
    public static Settings empty() {
        return EMPTY;
    }

    /**
     * Starts with nothing configured.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The mode for sessions that ask for none: {@code session_mode} or {@code default_mode}.
     *
     * @return a name or alias
     */
    public Optional<String> mode() {
        return mode;
    }

    /**
     * The mode per agent: {@code mode_preferences} or {@code agent_modes}.
     *
     * @return agent names to mode names or aliases
     */
    public Map<String, String> modePreferences() {
        return modePreferences;
    }

    /**
     * Whether another mode is tried when the wanted one is not usable: {@code mode_fallback}.
     *
     * @return the setting; the default is yes
     */
    public Optional<Boolean> fallback() {
        return fallback;
    }

    /**
     * The modes to fall back along: {@code mode_fallback_chain}. From the wanted mode on, each is tried in turn.
     *
     * @return names or aliases; the default is container, worktree, direct
     */
    public Optional<List<String>> fallbackChain() {
        return fallbackChain;
    }

    /**
     * Which modes are required or allowed where: {@code project_rules}.
     *
     * @return an unmodifiable list
     */
    public List<ModeRule> projectRules() {
        return projectRules;
    }

    /**
     * Profiles of agents: {@code agents}.
     *
     * @return names to profiles
     */
    public Map<String, AgentProfile> agents() {
        return agents;
    }

    /**
     * Modes beyond the built-in ones: {@code modes}.
     *
     * @return names to modes
     */
    public Map<String, Mode> modes() {
        return modes;
    }

    /**
     * The security policy: {@code security}.
     *
     * @return the policy, empty unless configured
     */
    public SecurityPolicy policy() {
        return policy;
    }

    /**
     * The control group in which the host's sessions may have theirs: {@code cgroup_parent}. Without it trails uses only
     * one that it finds prepared around the JVM's own.
     *
     * @return the directory of a group of version 2, absolute
     */
    public Optional<Path> cgroupParent() {
        return cgroupParent;
    }

    /**
     * How terminals of sessions that do not say so are recorded: {@code recording}.
     *
     * @return the options; empty for no recording, or if {@link #decidesRecording()} is false
     */
    public Optional<RecordingOptions> recording() {
        return recording;
    }

    /**
     * Whether {@link #recording()} was configured, even if not to record.
     *
     * @return true if so; then no later source is asked
     */
    public boolean decidesRecording() {
        return decidesRecording;
    }

    /**
     * The directory below which sessions that have files of their own get them: {@code worktree_location}.
     *
     * @return an absolute path, or one that starts with {@code ~}, which stands for the user's home
     */
    public Optional<Path> worktreeLocation() {
        return worktreeLocation;
    }

    /**
     * What becomes of work in the project that is not committed, for sessions that start from what is checked out there and do
     * not say so: {@code dirty}.
     *
     * @return the setting; the default is {@link DirtyPolicy#CARRY}
     */
    public Optional<DirtyPolicy> dirty() {
        return dirty;
    }

    /**
     * Whether sessions get the content of large files (Git LFS): {@code large_files}.
     *
     * @return the setting; the default is yes
     */
    public Optional<Boolean> largeFiles() {
        return largeFiles;
    }

    /**
     * What prepares the files of new sessions: {@code setup}.
     *
     * @return an unmodifiable list, in the order they run
     */
    public List<SetupCommand> setup() {
        return setup;
    }

    /**
     * How the containers of sessions are made that do not say so: {@code container}.
     *
     * @return the recipe; one of a repository's file is not followed unless its hash is approved
     */
    public Optional<ContainerRecipe> container() {
        return container;
    }

    /**
     * The same per agent: {@code agent_containers}. It goes before {@link #container()}.
     *
     * @return agent names to recipes
     */
    public Map<String, ContainerRecipe> agentContainers() {
        return agentContainers;
    }

    /**
     * Which recipes of repositories may be followed: {@code approved_recipes}.
     *
     * @return what {@link ContainerRecipe#hash()} gives for them
     */
    public Set<String> approvedRecipes() {
        return approvedRecipes;
    }

    /**
     * Container engines that are prepared: {@code engines}.
     *
     * @return names to engines
     */
    public Map<String, ContainerEngine> engines() {
        return engines;
    }

    /**
     * How much a session's files may have where they are copied into a container: {@code upload_limit_mb}, there in MiB.
     *
     * @return bytes, or empty for the provider's default
     */
    public OptionalLong uploadLimit() {
        return uploadLimit;
    }

    /** Builds settings. Single-threaded. */
    public static final class Builder {
        private Optional<String> mode = Optional.empty();
        private final Map<String, String> modePreferences = new LinkedHashMap<>();
        private Optional<Boolean> fallback = Optional.empty();
        private Optional<List<String>> fallbackChain = Optional.empty();
        private final List<ModeRule> projectRules = new ArrayList<>();
        private final Map<String, AgentProfile> agents = new LinkedHashMap<>();
        private final Map<String, Mode> modes = new LinkedHashMap<>();
        private SecurityPolicy policy = SecurityPolicy.empty();
        private Optional<Path> cgroupParent = Optional.empty();
        private boolean decidesRecording;
        private Optional<RecordingOptions> recording = Optional.empty();
        private Optional<Path> worktreeLocation = Optional.empty();
        private Optional<DirtyPolicy> dirty = Optional.empty();
        private Optional<Boolean> largeFiles = Optional.empty();
        private final List<SetupCommand> setup = new ArrayList<>();
        private Optional<ContainerRecipe> container = Optional.empty();
        private final Map<String, ContainerRecipe> agentContainers = new LinkedHashMap<>();
        private final Set<String> approvedRecipes = new LinkedHashSet<>();
        private final Map<String, ContainerEngine> engines = new LinkedHashMap<>();
        private OptionalLong uploadLimit = OptionalLong.empty();

        private Builder() {}

        /**
         * Sets the mode for sessions that ask for none.
         *
         * @param nameOrAlias such as {@code worktree}
         * @return this builder
         */
        public Builder mode(String nameOrAlias) {
            Objects.requireNonNull(nameOrAlias, "nameOrAlias");
            mode = Optional.of(nameOrAlias);
            return this;
        }

        /**
         * Sets the mode for one agent.
         *
         * @param agent its name
         * @param nameOrAlias of the mode
         * @return this builder
         */
        public Builder modePreference(String agent, String nameOrAlias) {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(nameOrAlias, "nameOrAlias");
            modePreferences.put(agent, nameOrAlias);
            return this;
        }

        /**
         * Sets whether another mode is tried when the wanted one is not usable.
         *
         * @param allowed yes or no
         * @return this builder
         */
        public Builder fallback(boolean allowed) {
            fallback = Optional.of(allowed);
            return this;
        }

        /**
         * Sets the modes to fall back along.
         *
         * @param namesOrAliases in the order they are tried
         * @return this builder
         */
        public Builder fallbackChain(List<String> namesOrAliases) {
            Objects.requireNonNull(namesOrAliases, "namesOrAliases");
            fallbackChain = Optional.of(List.copyOf(namesOrAliases));
            return this;
        }

        /**
         * Adds a rule.
         *
         * @param rule which modes are required or allowed where
         * @return this builder
         */
        public Builder projectRule(ModeRule rule) {
            Objects.requireNonNull(rule, "rule");
            projectRules.add(rule);
            return this;
        }

        /**
         * Adds an agent, replacing one of that name.
         *
         * @param profile the agent
         * @return this builder
         */
        public Builder agent(AgentProfile profile) {
            Objects.requireNonNull(profile, "profile");
            agents.put(profile.name(), profile);
            return this;
        }

        /**
         * Adds a mode.
         *
         * @param own the mode; its name must not be a built-in name or alias
         * @return this builder
         */
        public Builder mode(Mode own) {
            Objects.requireNonNull(own, "own");
            if (Mode.lookup(own.name()).isPresent()) {
                throw new IllegalArgumentException("'" + own.name() + "' is a built-in mode");
            }
            modes.put(own.name(), own);
            return this;
        }

        /**
         * Sets the security policy.
         *
         * @param wanted the policy
         * @return this builder
         */
        public Builder policy(SecurityPolicy wanted) {
            Objects.requireNonNull(wanted, "wanted");
            policy = wanted;
            return this;
        }

        /**
         * Names a control group in which sessions may have theirs. trails makes groups in it and has the controllers it
         * needs enabled in its {@code cgroup.subtree_control}.
         *
         * @param directory of a group of version 2 that is delegated to the user of the host; absolute
         * @return this builder
         */
        public Builder cgroupParent(Path directory) {
            Objects.requireNonNull(directory, "directory");
            if (!directory.isAbsolute()) {
                throw new IllegalArgumentException("A control group is an absolute path, not '" + directory + "'");
            }
            cgroupParent = Optional.of(directory);
            return this;
        }

        /**
         * Has terminals of sessions that do not say so recorded.
         *
         * @param how what is recorded
         * @return this builder
         */
        public Builder recording(RecordingOptions how) {
            Objects.requireNonNull(how, "how");
            decidesRecording = true;
            recording = Optional.of(how);
            return this;
        }

        /**
         * Has no terminal recorded unless its session says so, whatever the next source says.
         *
         * @return this builder
         */
        public Builder noRecording() {
            decidesRecording = true;
            recording = Optional.empty();
            return this;
        }

        /**
         * Sets the directory below which sessions that have files of their own get them.
         *
         * @param directory absolute, or starting with {@code ~} for the user's home
         * @return this builder
         */
        public Builder worktreeLocation(Path directory) {
            Objects.requireNonNull(directory, "directory");
            if (!directory.isAbsolute() && !directory.startsWith("~")) {
                throw new IllegalArgumentException(
                        "Worktrees lie below an absolute path or one that starts with '~', not '" + directory + "'");
            }
            worktreeLocation = Optional.of(directory);
            return this;
        }

        /**
         * Sets what becomes of work in the project that is not committed, for sessions that do not say so.
         *
         * @param policy what
         * @return this builder
         */
        public Builder dirty(DirtyPolicy policy) {
            Objects.requireNonNull(policy, "policy");
            dirty = Optional.of(policy);
            return this;
        }

        /**
         * Sets whether sessions get the content of large files (Git LFS).
         *
         * @param fetched whether it is fetched; otherwise their pointers are left in their places
         * @return this builder
         */
        public Builder largeFiles(boolean fetched) {
            largeFiles = Optional.of(fetched);
            return this;
        }

        /**
         * Adds a command that prepares the files of new sessions.
         *
         * @param command it runs after those that were added before
         * @return this builder
         */
        public Builder setup(SetupCommand command) {
            Objects.requireNonNull(command, "command");
            setup.add(command);
            return this;
        }

        /**
         * Sets how the containers of sessions are made that do not say so.
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
         * Sets how the containers of one agent's sessions are made.
         *
         * @param agent its name
         * @param recipe how
         * @return this builder
         */
        public Builder agentContainer(String agent, ContainerRecipe recipe) {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(recipe, "recipe");
            agentContainers.put(agent, recipe);
            return this;
        }

        /**
         * Lets a recipe of a repository be followed. It is approved as it is: a changed one has another hash.
         *
         * @param hash what {@link ContainerRecipe#hash()} gives for it
         * @return this builder
         */
        public Builder approvedRecipe(String hash) {
            Objects.requireNonNull(hash, "hash");
            if (!hash.matches("sha256:[0-9a-f]{64}")) {
                throw new IllegalArgumentException("No hash of a recipe: '" + hash + "'");
            }
            approvedRecipes.add(hash);
            return this;
        }

        /**
         * Adds a container engine that is prepared, replacing one of that name.
         *
         * @param engine the engine
         * @return this builder
         */
        public Builder engine(ContainerEngine engine) {
            Objects.requireNonNull(engine, "engine");
            engines.put(engine.name(), engine);
            return this;
        }

        /**
         * Bounds what is copied into a container.
         *
         * @param bytes the most that a session's files may have; positive
         * @return this builder
         */
        public Builder uploadLimit(long bytes) {
            if (bytes <= 0) throw new IllegalArgumentException("The limit must be positive, not " + bytes);
            uploadLimit = OptionalLong.of(bytes);
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         */
        public Settings build() {
            return new Settings(this);
        }
    }
}
