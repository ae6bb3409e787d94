package io.trails.spi;

import io.trails.Command;
import io.trails.RecordingOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a terminal is made for. Immutable. It will grow. {@link #toString()} shows no value of the environment. */
public final class TerminalRequest {
    private final String sessionId;
    private final String name;
    private final Path directory;
    private final Optional<Command> command;
    private final Map<String, String> environment;
    private final Optional<Path> workingDirectory;
    private final int columns;
    private final int rows;
    private final Optional<Path> stateDirectory;
    private final Optional<RecordingOptions> recording;
    private final int historyLines;

    private TerminalRequest(Builder builder) {
        sessionId = builder.sessionId;
        name = builder.name;
        directory = builder.directory;
        command = builder.command;
        environment = builder.environment;
        workingDirectory = builder.workingDirectory;
        columns = builder.columns;
        rows = builder.rows;
        stateDirectory = builder.stateDirectory;
        recording = builder.recording;
        historyLines = builder.historyLines;
    }

    /**
     * Starts a request.
     *
     * @param sessionId lower-case letters, digits and hyphens, at most 64 characters, unique in the project
     * @param name lower-case letters, digits and hyphens, unique in the session
     * @param directory where the provider may keep files of its own for this terminal; absolute, existing from
     *     {@code create} on, private to the user, and removed by the engine after {@code remove}; another one at each
     *     launch
     * @return a builder
     */
    public static Builder builder(String sessionId, String name, Path directory) {
        return new Builder(sessionId, name, directory);
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
     * The terminal's name.
     *
     * @return unique in the session
     */
    public String name() {
        return name;
    }

    /**
     * Where the provider may keep files of its own for this terminal. A terminal that is launched again after its program
     * ended has another directory, so a name made from it is never used twice.
     *
     * @return an absolute path
     */
    public Path directory() {
        return directory;
    }

    /**
     * What to run.
     *
     * @return the command, or empty for an interactive shell of the provider's choice
     */
    public Optional<Command> command() {
        return command;
    }

    /**
     * Variables the program gets, those of {@link #command()} included. Never stored.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Where the program runs.
     *
     * @return a directory inside the sandbox, or empty for the sandbox's own default
     */
    public Optional<Path> workingDirectory() {
        return workingDirectory;
    }

    /**
     * The width.
     *
     * @return cells
     */
    public int columns() {
        return columns;
    }

    /**
     * The height.
     *
     * @return cells
     */
    public int rows() {
        return rows;
    }

    /**
     * Where trails keeps what it knows of the project: the same for all sessions of the project, in every JVM.
     *
     * @return an absolute path, or empty if the terminal shares nothing with others
     */
    public Optional<Path> stateDirectory() {
        return stateDirectory;
    }

    /**
     * How the terminal is to be recorded.
     *
     * @return the options, or empty for no recording
     */
    public Optional<RecordingOptions> recording() {
        return recording;
    }

    /**
     * How many lines that left the screen are to be kept, where the terminal keeps any.
     *
     * @return a number of lines, 0 for none
     */
    public int historyLines() {
        return historyLines;
    }

    @Override
    public String toString() {
        return "TerminalRequest[" + sessionId + "/" + name + " " + command + "]";
    }

    /** Builds a request. Single-threaded. */
    public static final class Builder {
        private final String sessionId;
        private final String name;
        private final Path directory;
        private Optional<Command> command = Optional.empty();
        private Map<String, String> environment = Map.of();
        private Optional<Path> workingDirectory = Optional.empty();
        private int columns = 200;
        private int rows = 50;
        private Optional<Path> stateDirectory = Optional.empty();
        private Optional<RecordingOptions> recording = Optional.empty();
        private int historyLines = 5_000;

        private Builder(String sessionId, String name, Path directory) {
            this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
            this.name = Objects.requireNonNull(name, "name");
            this.directory = Objects.requireNonNull(directory, "directory");
        }

        /**
         * Sets what to run, with its environment and directory.
         *
         * @param wanted an interactive shell unless set; its input, timeout and capture are not used
         * @return this builder
         */
        public Builder command(Command wanted) {
            command = Optional.of(wanted);
            environment = wanted.environment();
            workingDirectory = wanted.directory();
            return this;
        }

        /**
         * Sets the variables a shell gets.
         *
         * @param variables none unless set
         * @return this builder
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * Sets the size.
         *
         * @param width in cells, 200 unless set
         * @param height in cells, 50 unless set
         * @return this builder
         */
        public Builder size(int width, int height) {
            if (width < 1 || height < 1) throw new IllegalArgumentException("No terminal is " + width + " x " + height);
            columns = width;
            rows = height;
            return this;
        }

        /**
         * Sets where trails keeps what it knows of the project.
         *
         * @param where absolute
         * @return this builder
         */
        public Builder stateDirectory(Path where) {
            stateDirectory = Optional.of(where);
            return this;
        }

        /**
         * Asks for a recording.
         *
         * @param how none unless set
         * @return this builder
         */
        public Builder recording(RecordingOptions how) {
            recording = Optional.of(how);
            return this;
        }

        /**
         * Sets how many lines that left the screen are to be kept.
         *
         * @param lines 5,000 unless set
         * @return this builder
         */
        public Builder historyLines(int lines) {
            if (lines < 0) throw new IllegalArgumentException("No history has " + lines + " lines");
            historyLines = lines;
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public TerminalRequest build() {
            return new TerminalRequest(this);
        }
    }
}
