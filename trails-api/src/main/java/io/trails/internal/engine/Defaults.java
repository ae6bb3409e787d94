package io.trails.internal.engine;

import io.trails.DirtyPolicy;
import io.trails.RecordingOptions;
import io.trails.internal.select.WorkspaceConfiguration;
import io.trails.internal.settings.ContainerRecipes;
import io.trails.internal.settings.SettingsLayer;
import io.trails.spi.SandboxSettings;
import io.trails.spi.WorkspaceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What settings say for sessions that do not say otherwise. Immutable.
 *
 * @param sandbox what trusted settings say about where their processes run
 * @param recording how their terminals are recorded
 * @param workspace what trusted settings say about their files
 * @param dirty what becomes of work in the project that is not committed
 * @param recipes how their containers are made
 */
record Defaults(
        SandboxSettings sandbox,
        Optional<RecordingOptions> recording,
        WorkspaceSettings workspace,
        Optional<DirtyPolicy> dirty,
        ContainerRecipes recipes) {
    static Defaults of(
            List<SettingsLayer> layers, SandboxSettings sandbox, Path project, Map<String, String> environment) {
        return new Defaults(
                sandbox,
                SettingsLayer.recording(layers),
                WorkspaceConfiguration.of(layers, project, environment),
                SettingsLayer.dirty(layers),
                new ContainerRecipes(layers));
    }
}
