package io.trails.internal.select;

import io.trails.Mode;
import io.trails.TrailsException;
import io.trails.internal.settings.SettingsLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The modes there are. A name in trusted settings never means a mode that a project defines: a repository could otherwise
 * give its own meaning to a name the user or the administrator relies on.
 */
final class Modes {
    private final List<Mode> trusted = new ArrayList<>(List.of(Mode.DIRECT, Mode.WORKTREE, Mode.CONTAINER));
    private final List<Mode> all;

    Modes(List<Mode> hosts, Layers layers) {
        for (Mode mode : hosts) addTo(trusted, mode);
        for (SettingsLayer layer : layers.trusted()) {
            for (Mode mode : layer.settings().modes().values()) addTo(trusted, mode);
        }
        all = new ArrayList<>(trusted);
        for (SettingsLayer layer : layers.project()) {
            for (Mode mode : layer.settings().modes().values()) addTo(all, mode);
        }
    }

    private static void addTo(List<Mode> modes, Mode mode) {
        if (find(modes, mode.name()).isEmpty()) modes.add(mode);
    }

    private static Optional<Mode> find(List<Mode> modes, String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        for (Mode mode : modes) if (mode.name().equals(plain)) return Optional.of(mode);
        return Optional.empty();
    }

    /** The mode a name or alias means to somebody trusted or not. */
    Mode named(String name, boolean byTrusted, String where) {
        Optional<Mode> builtIn = Mode.lookup(name);
        if (builtIn.isPresent()) return builtIn.get();
        List<Mode> known = byTrusted ? trusted : all;
        Optional<Mode> own = find(known, name);
        if (own.isPresent()) return own.get();
        throw new TrailsException(
                "settings.invalid",
                where + " names the mode '" + name + "', which does not exist; there are "
                        + known.toString().replace("[", "").replace("]", ""));
    }

    List<Mode> trusted() {
        return trusted;
    }

    List<Mode> all() {
        return all;
    }

    /** Equality that does not start up the machinery behind a record's own, which takes tens of milliseconds. */
    static boolean same(Mode one, Mode other) {
        return one.name().equals(other.name())
                && one.workspaces().equals(other.workspaces())
                && one.sandboxes().equals(other.sandboxes())
                && one.terminals().equals(other.terminals());
    }

    static boolean contains(List<Mode> modes, Mode mode) {
        for (Mode each : modes) if (same(each, mode)) return true;
        return false;
    }
}
