package io.trails.internal.settings;

import io.trails.Reason;
import io.trails.RecordingOptions;
import io.trails.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one source.
 *
 * @param source whose they are, which says how far they are trusted
 * @param origin for a person, such as the file's path
 * @param settings what they configure
 * @param warnings what in them was not understood or not used
 * @param lines where keys stand in a file, such as {@code mode_preferences.claude}, in the first of their spellings
 */
public record SettingsLayer(
        Source source, String origin, Settings settings, List<Reason> warnings, Map<String, Integer> lines) {
    public SettingsLayer {
        warnings = List.copyOf(warnings);
        lines = Map.copyOf(lines);
    }

    /** Settings that stand in no file. */
    public SettingsLayer(Source source, String origin, Settings settings, List<Reason> warnings) {
        this(source, origin, settings, warnings, Map.of());
    }

    /** Where a key stands, as exactly as is known. */
    public String at(String key) {
        Integer line = lines.get(key);
        return line == null ? origin : origin + ":" + line;
    }

    /** The control group for sessions that the first of host, administrator and user names; a project is not asked. */
    public static Optional<Path> cgroupParent(List<SettingsLayer> layers) {
        for (Source source : Source.values()) {
            for (SettingsLayer layer : layers) {
                boolean asked = layer.source() == source && source.trusted();
                if (asked && layer.settings().cgroupParent().isPresent())
                    return layer.settings().cgroupParent();
            }
        }
        return Optional.empty();
    }

    /** How sessions that do not say so are recorded: the first of host, user and project that says anything decides. */
    public static Optional<RecordingOptions> recording(List<SettingsLayer> layers) {
        for (Source source : List.of(Source.HOST, Source.USER, Source.PROJECT)) {
            for (SettingsLayer layer : layers) {
                boolean asked = layer.source() == source;
                if (asked && layer.settings().decidesRecording())
                    return layer.settings().recording();
            }
        }
        return Optional.empty();
    }

    /** Whose settings they are. */
    public enum Source {
        /** The host's code. */
        HOST,
        /** The machine's administrator. */
        ADMINISTRATOR,
        /** The repository: may tighten, never loosen. */
        PROJECT,
        /** The user. */
        USER;

        /** Whether they may loosen too. */
        public boolean trusted() {
            return this != PROJECT;
        }
    }
}
