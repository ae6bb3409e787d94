package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration that git has in one tree. Immutable.
 *
 * @param values by key, with its section and its last part in small letters; the last value wins
 */
record TreeConfiguration(Map<String, String> values) {
    private static final Set<String> YES = Set.of("true", "yes", "on", "1", "");

    TreeConfiguration {
        values = Map.copyOf(values);
    }

    static TreeConfiguration of(Git tree) {
        var values = new HashMap<String, String>();
        for (RepoPath field : tree.run("config", "-z", "--list").fields()) {
            String text = field.text();
            int end = text.indexOf('\n');
            if (end < 0) values.put(text, "true");
            else values.put(text.substring(0, end), text.substring(end + 1));
        }
        return new TreeConfiguration(values);
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Anything else than a clear yes or no is an error of git's, which it tells better itself. */
    boolean isOn(String key, boolean unset) {
        String value = values.get(key);
        return value == null ? unset : YES.contains(value.toLowerCase(Locale.ROOT));
    }

    /** Empty if the repository names its objects in a way that is unknown here. */
    Optional<ObjectHash> hash() {
        return switch (value("extensions.objectformat").orElse("sha1").toLowerCase(Locale.ROOT)) {
            case "sha1" -> Optional.of(ObjectHash.SHA1);
            case "sha256" -> Optional.of(ObjectHash.SHA256);
            default -> Optional.empty();
        };
    }

    /** Whether line ends may be changed in files without an attribute that says so. */
    boolean changesLineEnds() {
        String automatic = value("core.autocrlf").orElse("false").toLowerCase(Locale.ROOT);
        String ends = value("core.eol").orElse("native").toLowerCase(Locale.ROOT);
        boolean untouched = Set.of("false", "no", "off", "0", "input").contains(automatic);
        return !untouched || !Set.of("native", "lf").contains(ends);
    }

    boolean isSparse() {
        return isOn("core.sparsecheckout", false);
    }
}
