package io.trails.spi;

import java.nio.file.Path;
import java.util.Objects;

/** What a workspace is made for. Immutable. It will grow. */
public final class WorkspaceRequest {
    private final String sessionId;
    private final Path project;
    private final Path directory;
    private final Path stateDirectory;

    private WorkspaceRequest(Builder builder) {
        sessionId = builder.sessionId;
        project = builder.project;
        directory = builder.directory;
        stateDirectory = builder.stateDirectory;
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

    /** Builds a request. Single-threaded. */
    public static final class Builder {
        private final String sessionId;
        private final Path project;
        private final Path directory;
        private Path stateDirectory;

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
         * Builds the request.
         *
         * @return the request
         */
        public WorkspaceRequest build() {
            return new WorkspaceRequest(this);
        }
    }
}
