package io.trails.internal.select;

import io.trails.ContainerEngine;
import io.trails.internal.settings.SettingsLayer;
import io.trails.spi.SandboxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What trusted settings and the policies say about the sandboxes of the sessions of one project. */
final class SandboxConfiguration {
    private SandboxConfiguration() {}

    static SandboxSettings of(List<SettingsLayer> layers, Policies policies) {
        SandboxSettings settings = SandboxSettings.none().withReplayAllowed(policies.replayAllowed());
        Optional<Path> cgroupParent = SettingsLayer.cgroupParent(layers);
        if (cgroupParent.isPresent()) settings = settings.withCgroupParent(cgroupParent.get());
        for (ContainerEngine engine : SettingsLayer.engines(layers)) settings = settings.withEngine(engine);
        OptionalLong uploadLimit = SettingsLayer.uploadLimit(layers);
        return uploadLimit.isPresent() ? settings.withUploadLimit(uploadLimit.getAsLong()) : settings;
    }
}
