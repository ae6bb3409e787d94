package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** git's configuration as it is in one tree. Immutable. */
final class GitSettings {
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "1");

    private final Map<String, String> values;

    private GitSettings(Map<String, String> values) {
        this.values = values;
    }

    static GitSettings of(Git git) {
        var values = new HashMap<String, String>();
        for (RepoPath entry : git.run("config", "--list", "-z").fields()) {
            String text = entry.text();
            int end = text.indexOf('\n');
            // A key without a value is a switch that is on.
            if (end < 0) values.put(text, "true");
            else values.put(text.substring(0, end), text.substring(end + 1));
        }
        return new GitSettings(values);
    }

    /** @param key with section and name in lower case */
    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean isOn(String key) {
        return TRUE.contains(values.getOrDefault(key, "").toLowerCase(Locale.ROOT));
    }
}
