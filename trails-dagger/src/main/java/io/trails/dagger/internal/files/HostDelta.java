package io.trails.dagger.internal.files;

import java.util.List;
import java.util.Set;

/**
 * What a user did to a workspace. Immutable.
 *
 * @param changed new, other content, other type or other permissions; directories without a '/', their content listed
 * @param removed with '/' at its end and without its content for a directory
 */
public record HostDelta(List<String> changed, List<String> removed) {
    public HostDelta {
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    public boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }

    /** The rest, for paths of which the session has a version of its own that must not be overwritten. */
    public HostDelta without(Set<String> paths) {
        if (paths.isEmpty()) return this;
        return new HostDelta(
                changed.stream().filter(path -> !paths.contains(path)).toList(),
                removed.stream().filter(path -> !touches(paths, path)).toList());
    }

    private static boolean touches(Set<String> paths, String removed) {
        if (!removed.endsWith("/")) return paths.contains(removed);
        return paths.contains(removed.substring(0, removed.length() - 1))
                || paths.stream().anyMatch(path -> path.startsWith(removed));
    }
}
