package io.trails.internal.settings;

import io.trails.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of a settings file whose keys trails defines: those it asks for are the known ones. */
final class Section {
    private final Entry entry;
    private final Map<String, Entry> left;
    private final List<String> known = new ArrayList<>();

    Section(Entry entry) {
        this.entry = entry;
        left = entry.members();
    }

    Optional<Entry> find(String key) {
        known.add(key);
        return Optional.ofNullable(left.remove(key));
    }

    /** One key of two spellings; both may be there if they say the same. */
    Optional<Entry> find(String key, String otherSpelling) {
        Optional<Entry> one = find(key);
        Optional<Entry> other = find(otherSpelling);
        if (one.isPresent() && other.isPresent() && !one.get().sameAs(other.get())) {
            throw one.get()
                    .failure("is another spelling of '" + other.get().key() + "' at "
                            + other.get().at() + ", which says something else; remove one of them");
        }
        return one.isPresent() ? one : other;
    }

    Entry require(String key, String expected) {
        Optional<Entry> found = find(key);
        if (found.isPresent()) return found.get();
        throw entry.failure("needs '" + key + "': " + expected);
    }

    /** Warns about the keys that nobody asked for. */
    void end(List<Reason> warnings) {
        for (Map.Entry<String, Entry> unknown : left.entrySet()) {
            String name = unknown.getKey();
            if (name.equals("$schema") || name.startsWith("_") || name.startsWith("x-")) continue;
            warnings.add(Reason.of(
                    "settings.unknown-key",
                    unknown.getValue().at() + ": the key '" + unknown.getValue().key() + "' is not known",
                    Spelling.nearest(name, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Known here: " + String.join(", ", known)
                                    + "; start the key with '_' or 'x-' to have it ignored")));
        }
    }
}
