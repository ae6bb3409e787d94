package io.trails.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the host's code, the administrator or the user configured for workspaces; never what comes with a repository.
 * Immutable. It will grow.
 */
public final class WorkspaceSettings {
    private static final WorkspaceSettings NONE = new WorkspaceSettings(Optional.empty(), List.of(), true);

    private final Optional<Path> location;
    private final List<Setup> setup;
    private final boolean largeFiles;

    private WorkspaceSettings(Optional<Path> location, List<Setup> setup, boolean largeFiles) {
        this.location = location;
        this.setup = setup;
        this.largeFiles = largeFiles;
    }

    /**
     * A command that is run in a workspace once it is created, before anything else runs in it.
     *
     * @param command the program and its arguments
     * @param timeout after which it is ended and the creation fails
     */
    public record Setup(List<String> command, Duration timeout) {
        /** Copies the list. */
        public Setup {
            command = List.copyOf(command);
            Objects.requireNonNull(timeout, "timeout");
            if (command.isEmpty()) throw new IllegalArgumentException("A setup command has a program");
        }
    }

    /**
     * Nothing is configured.
     *
     * @return the empty settings
     */
    public static WorkspaceSettings none() {
        return NONE;
    }

    /**
     * The same with a directory below which workspaces get their files.
     *
     * @param directory absolute
     * @return new settings
     */
    public WorkspaceSettings withLocation(Path directory) {
        return new WorkspaceSettings(Optional.of(directory), setup, largeFiles);
    }

    /**
     * The same with commands that prepare a new workspace.
     *
     * @param commands in the order they run
     * @return new settings
     */
    public WorkspaceSettings withSetup(List<Setup> commands) {
        return new WorkspaceSettings(location, List.copyOf(commands), largeFiles);
    }

    /**
     * The same with or without the content of large files.
     *
     * @param fetched whether it is fetched; otherwise their pointers are left in their places
     * @return new settings
     */
    public WorkspaceSettings withLargeFiles(boolean fetched) {
        return new WorkspaceSettings(location, setup, fetched);
    }

    /**
     * The directory below which workspaces get their files: {@code worktree_location}.
     *
     * @return an absolute path, or empty for the provider's choice
     */
    public Optional<Path> location() {
        return location;
    }

    /**
     * What prepares a new workspace: {@code setup}.
     *
     * @return an unmodifiable list, in the order they run; only what is meant for this project
     */
    public List<Setup> setup() {
        return setup;
    }

    /**
     * Whether the content of large files (Git LFS) is fetched: {@code large_files}.
     *
     * @return true unless switched off
     */
    public boolean largeFiles() {
        return largeFiles;
    }
}
