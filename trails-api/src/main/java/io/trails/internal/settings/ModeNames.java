package io.trails.internal.settings;

import io.trails.Mode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names a file may give a mode by: built-in ones with their aliases, and those defined by it or before it. */
final class ModeNames {
    private final Set<String> own = new LinkedHashSet<>();
    private final boolean closed;

    private ModeNames(boolean closed) {
        this.closed = closed;
    }

    /** Every mode is known. */
    static ModeNames closed(List<Mode> modes) {
        var names = new ModeNames(true);
        for (Mode mode : modes) names.own.add(mode.name());
        return names;
    }

    /** The host adds modes that are not known yet, so that a name can only be checked later. */
    static ModeNames open() {
        return new ModeNames(false);
    }

    void add(String name) {
        own.add(name);
    }

    /** The entry's text, if it names a mode. */
    String check(Entry entry) {
        String name = entry.text();
        if (!closed || Mode.lookup(name).isPresent() || own.contains(name)) return name;
        var known = new LinkedHashSet<>(List.of("direct", "worktree", "container"));
        known.addAll(own);
        Optional<String> near = Spelling.nearest(name, known);
        throw entry.invalid("the name of a mode (" + String.join(", ", known) + ")"
                + (near.isPresent() ? ", perhaps '" + near.get() + "'" : ""));
    }
}
