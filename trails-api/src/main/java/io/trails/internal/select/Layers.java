package io.trails.internal.select;

import io.trails.internal.settings.SettingsLayer;
import io.trails.internal.settings.SettingsLayer.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings by how far they are trusted.
 *
 * @param trusted the host's, the administrator's, the user's, in this order
 * @param project what comes with the repository
 */
record Layers(List<SettingsLayer> trusted, List<SettingsLayer> project) {
    static Layers of(List<SettingsLayer> layers) {
        var trusted = new ArrayList<SettingsLayer>();
        for (Source source : List.of(Source.HOST, Source.ADMINISTRATOR, Source.USER)) {
            for (SettingsLayer layer : layers) if (layer.source() == source) trusted.add(layer);
        }
        var project = new ArrayList<SettingsLayer>();
        for (SettingsLayer layer : layers) if (!layer.source().trusted()) project.add(layer);
        return new Layers(List.copyOf(trusted), List.copyOf(project));
    }
}
