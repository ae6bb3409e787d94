package io.trails.spi;

import io.trails.ContainerEngine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the host's code, the administrator or the user configured for sandboxes; never what comes with a repository.
 * Immutable. It will grow.
 */
public final class SandboxSettings {
    private static final SandboxSettings NONE = new SandboxSettings(null, Map.of(), false, OptionalLong.empty());

    private final @Nullable Path cgroupParent;
    private final Map<String, ContainerEngine> engines;
    private final boolean replayAllowed;
    private final OptionalLong uploadLimit;

    private SandboxSettings(
            @Nullable Path cgroupParent,
            Map<String, ContainerEngine> engines,
            boolean replayAllowed,
            OptionalLong uploadLimit) {
        this.cgroupParent = cgroupParent;
        this.engines = engines;
        this.replayAllowed = replayAllowed;
        this.uploadLimit = uploadLimit;
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
        return new SandboxSettings(Objects.requireNonNull(directory, "directory"), engines, replayAllowed, uploadLimit);
    }

    /**
     * The control group in which sessions may have theirs: {@code cgroup_parent}.
     *
     * @return its directory, which need not exist
     */
    public Optional<Path> cgroupParent() {
        return Optional.ofNullable(cgroupParent);
    }

    /**
     * The same with one more container engine.
     *
     * @param engine replaces one of that name
     * @return new settings
     */
    public SandboxSettings withEngine(ContainerEngine engine) {
        var more = new LinkedHashMap<>(engines);
        more.put(engine.name(), engine);
        return new SandboxSettings(cgroupParent, more, replayAllowed, uploadLimit);
    }

    /**
     * The container engines that are prepared: {@code engines}.
     *
     * @return in the order they were declared
     */
    public List<ContainerEngine> engines() {
        return List.copyOf(engines.values());
    }

    /**
     * The same with the permission to run a session's commands again.
     *
     * @param allowed whether it is given
     * @return new settings
     */
    public SandboxSettings withReplayAllowed(boolean allowed) {
        return new SandboxSettings(cgroupParent, engines, allowed, uploadLimit);
    }

    /**
     * Whether a sandbox that has lost its system may run the session's commands again to have it back: {@code replay_allowed} of the
     * security policy.
     *
     * @return false unless allowed
     */
    public boolean replayAllowed() {
        return replayAllowed;
    }

    /**
     * The same with a bound for what is copied into a sandbox.
     *
     * @param bytes the most that a session's files may have
     * @return new settings
     */
    public SandboxSettings withUploadLimit(long bytes) {
        return new SandboxSettings(cgroupParent, engines, replayAllowed, OptionalLong.of(bytes));
    }

    /**
     * How many bytes a session's files may have where they are copied into a sandbox: {@code upload_limit_mb}.
     *
     * @return the bound, or empty for the provider's default
     */
    public OptionalLong uploadLimit() {
        return uploadLimit;
    }
}
