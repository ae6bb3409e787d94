package io.trails.spi;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the host's code, the administrator or the user configured for sandboxes; never what comes with a repository.
 * Immutable. It will grow.
 */
public final class SandboxSettings {
    private static final SandboxSettings NONE = new SandboxSettings(null);

    private final @Nullable Path cgroupParent;

    private SandboxSettings(@Nullable Path cgroupParent) {
        this.cgroupParent = cgroupParent;
    }

    /**
     * Nothing is configured.
     *
     * @return the empty settings
     */
    public static SandboxSettings none() {
        return NONE;
    }

    /**
     * The same with a control group in which sessions may have theirs.
     *
     * @param directory of the group
     * @return new settings
     */
    public SandboxSettings withCgroupParent(Path directory) {
        return new SandboxSettings(Objects.requireNonNull(directory, "directory"));
    }

    /**
     * The control group in which sessions may have theirs: {@code cgroup_parent}.
     *
     * @return its directory, which need not exist
     */
    public Optional<Path> cgroupParent() {
        return Optional.ofNullable(cgroupParent);
    }
}
