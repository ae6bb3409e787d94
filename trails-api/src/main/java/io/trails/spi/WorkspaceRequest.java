package io.trails.spi;

import io.trails.Checkpoint;
import io.trails.DirtyPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a workspace is made for. Immutable. It will grow. */
public final class WorkspaceRequest {
    private final String sessionId;
    private final Path project;
    private final Path directory;
    private final Path stateDirectory;
    private final Map<String, String> environment;
    private final WorkspaceSettings settings;
    private final Clock clock;
    private final Optional<String> baseRef;
    private final Optional<DirtyPolicy> dirty;
    private final Optional<Checkpoint> forkOf;

    private WorkspaceRequest(Builder builder) {
        sessionId = builder.sessionId;
        project = builder.project;
        directory = builder.directory;
        stateDirectory = builder.stateDirectory;
        environment = builder.environment;
        settings = builder.settings;
        clock = builder.clock;
        baseRef = builder.baseRef;
        dirty = builder.dirty;
        forkOf = builder.forkOf;
    }

    /**
     * Starts a request.
     *
     * @param sessionId lower-case letters, digits and hyphens, at most 64 characters, unique in the project
     * @param project the project directory, absolute and existing
     * @param directory where the provider may keep files of its own for this session; absolute, existing from
     *     {@code create} on, private to the user, and removed by the engine after {@code remove}; another one whenever
     *     a name is opened anew
     * @return a builder
     */
    public static Builder builder(String sessionId, Path project, Path directory) {
        return new Builder(sessionId, project, directory);
    }

    /**
     * The session's id.
     *
     * @return safe as a file name and as the last part of a branch name
     */
    public String sessionId() {
        return sessionId;
    }

    /**
     * The project directory.
     *
     * @return an absolute path
     */
    public Path project() {
        return project;
    }

    /**
     * Where the provider may keep files of its own for this session.
     *
     * @return an absolute path; the three providers of a session have one each
     */
    public Path directory() {
        return directory;
    }

    /**
     * Where trails keeps the project's state. It may lie inside the project, and nothing below it is the user's work but
     * {@code settings.json}. A {@code .gitignore} in it says so to git.
     *
     * @return an absolute path without symbolic links; {@code .trails} in the project unless the host chose another
     */
    public Path stateDirectory() {
        return stateDirectory;
    }

    /**
     * The host's environment, as the host wants it to be seen, for the tools that the provider runs. It may hold secrets.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * What is configured for workspaces.
     *
     * @return the settings; only {@code plan} and {@code create} need them
     */
    public WorkspaceSettings settings() {
        return settings;
    }

    /**
     * Tells the time.
     *
     * @return the host's clock
     */
    public Clock clock() {
        return clock;
    }

    /**
     * What the files start from. Only {@code plan} is told.
     *
     * @return a branch, tag or commit; empty for what is checked out in the project
     */
    public Optional<String> baseRef() {
        return baseRef;
    }

    /**
     * What becomes of work in the project that is not committed. Only {@code plan} is told.
     *
     * @return the policy, or empty for {@link DirtyPolicy#CARRY}, or {@link DirtyPolicy#IGNORE} with a base or a fork
     */
    public Optional<DirtyPolicy> dirty() {
        return dirty;
    }

    /**
     * The checkpoint the files start from. Only {@code plan} is told.
     *
     * @return one that a workspace of the same project gave, or empty
     */
    public Optional<Checkpoint> forkOf() {
        return forkOf;
    }

    /** Builds a request. Single-threaded. */
    public static final class Builder {
        private final String sessionId;
        private final Path project;
        private final Path directory;
        private Path stateDirectory;
        private Map<String, String> environment = Map.of();
        private WorkspaceSettings settings = WorkspaceSettings.none();
        private Clock clock = Clock.systemUTC();
        private Optional<String> baseRef = Optional.empty();
        private Optional<DirtyPolicy> dirty = Optional.empty();
        private Optional<Checkpoint> forkOf = Optional.empty();

        private Builder(String sessionId, Path project, Path directory) {
            this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
            this.project = Objects.requireNonNull(project, "project");
            this.directory = Objects.requireNonNull(directory, "directory");
            stateDirectory = project.resolve(".trails");
        }

        /**
         * Sets where trails keeps the project's state.
         *
         * @param chosen absolute, without symbolic links; {@code .trails} in the project unless set
         * @return this builder
         */
        public Builder stateDirectory(Path chosen) {
            stateDirectory = Objects.requireNonNull(chosen, "stateDirectory");
            return this;
        }

        /**
         * Sets the host's environment.
         *
         * @param variables empty unless set
         * @return this builder
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * Sets what is configured for workspaces.
         *
         * @param configured nothing unless set
         * @return this builder
         */
        public Builder settings(WorkspaceSettings configured) {
            settings = Objects.requireNonNull(configured, "configured");
            return this;
        }

        /**
         * Sets who tells the time.
         *
         * @param host the system's clock unless set
         * @return this builder
         */
        public Builder clock(Clock host) {
            clock = Objects.requireNonNull(host, "host");
            return this;
        }

        /**
         * Sets what the files start from.
         *
         * @param ref a branch, tag or commit
         * @return this builder
         */
        public Builder baseRef(String ref) {
            baseRef = Optional.of(Objects.requireNonNull(ref, "ref"));
            return this;
        }

        /**
         * Sets what becomes of work in the project that is not committed.
         *
         * @param policy what
         * @return this builder
         */
        public Builder dirty(DirtyPolicy policy) {
            dirty = Optional.of(Objects.requireNonNull(policy, "policy"));
            return this;
        }

        /**
         * Sets the checkpoint the files start from.
         *
         * @param checkpoint what it was
         * @return this builder
         */
        public Builder forkOf(Checkpoint checkpoint) {
            forkOf = Optional.of(Objects.requireNonNull(checkpoint, "checkpoint"));
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public WorkspaceRequest build() {
            return new WorkspaceRequest(this);
        }
    }
}
