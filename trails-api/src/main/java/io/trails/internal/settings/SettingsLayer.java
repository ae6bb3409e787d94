package io.trails.internal.settings;

import io.trails.Reason;
import io.trails.Settings;
import java.util.List;

/**
 * The settings of one source.
 *
 * @param source whose they are, which says how far they are trusted
 * @param origin for a person, such as the file's path
 * @param settings what they configure
 * @param warnings what in them was not understood
 */
public record SettingsLayer(Source source, String origin, Settings settings, List<Reason> warnings) {
    public SettingsLayer {
        warnings = List.copyOf(warnings);
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
        USER
    }
}
