package io.trails.internal.select;

import io.trails.ContainerEngine;
import io.trails.SecurityPolicy;
import io.trails.internal.settings.SettingsLayer;
import io.trails.spi.SandboxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What trusted settings and the policies say about the sandboxes of the sessions of one project. */
public final class SandboxConfiguration {
    private SandboxConfiguration() {}

    /** What providers of sandboxes are told. */
    public static SandboxSettings of(List<SettingsLayer> layers, SecurityPolicy host) {
        SandboxSettings settings = SandboxSettings.none().withReplayAllowed(replayAllowed(Layers.of(layers), host));
        Optional<Path> cgroupParent = SettingsLayer.cgroupParent(layers);
        if (cgroupParent.isPresent()) settings = settings.withCgroupParent(cgroupParent.get());
        for (ContainerEngine engine : SettingsLayer.engines(layers)) settings = settings.withEngine(engine);
        OptionalLong uploadLimit = SettingsLayer.uploadLimit(layers);
        return uploadLimit.isPresent() ? settings.withUploadLimit(uploadLimit.getAsLong()) : settings;
    }

    /** As other questions of the policy: the first who is trusted decides, and a project may only forbid it. */
    private static boolean replayAllowed(Layers layers, SecurityPolicy host) {
        for (SettingsLayer layer : layers.project()) {
            if (!layer.settings().policy().replayAllowed().orElse(true)) return false;
        }
        if (host.replayAllowed().isPresent()) return host.replayAllowed().get();
        for (SettingsLayer layer : layers.trusted()) {
            Optional<Boolean> allowed = layer.settings().policy().replayAllowed();
            if (allowed.isPresent()) return allowed.get();
        }
        return false;
    }
}
