package io.trails.internal.engine;

import io.trails.DirtyPolicy;
import io.trails.RecordingOptions;
import io.trails.internal.select.WorkspaceConfiguration;
import io.trails.internal.settings.SettingsLayer;
import io.trails.spi.WorkspaceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What settings say for sessions that do not say otherwise. Immutable.
 *
 * @param cgroupParent the control group that trusted settings name
 * @param recording how their terminals are recorded
 * @param workspace what trusted settings say about their files
 * @param dirty what becomes of work in the project that is not committed
 */
record Defaults(
        Optional<Path> cgroupParent,
        Optional<RecordingOptions> recording,
        WorkspaceSettings workspace,
        Optional<DirtyPolicy> dirty) {
    static Defaults of(List<SettingsLayer> layers, Path project, Map<String, String> environment) {
        return new Defaults(
                SettingsLayer.cgroupParent(layers),
                SettingsLayer.recording(layers),
                WorkspaceConfiguration.of(layers, project, environment),
                SettingsLayer.dirty(layers));
    }
}
