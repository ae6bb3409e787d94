package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.io.File;
import java.util.Locale;
import java.util.Optional;

/** Which paths may exist in a workspace at all, whatever is ignored there. */
final class PathNames {
    private PathNames() {}

    /** Why nothing with that path may come in. */
    static Optional<Reason> refusal(String path) {
        int from = 0;
        while (from <= path.length()) {
            int to = path.indexOf('/', from);
            if (to < 0) to = path.length();
            Optional<Reason> refusal = nameRefusal(path.substring(from, to));
            if (refusal.isPresent()) return refusal;
            from = to + 1;
        }
        return Optional.empty();
    }

    private static Optional<Reason> nameRefusal(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0 || isForeign(name)) {
            return Optional.of(Reason.of("dagger.path-invalid", "It is no path inside a workspace"));
        }
        if (isGit(name)) {
            return Optional.of(Reason.of("dagger.path-git", "What belongs to git itself is never brought back"));
        }
        return Optional.empty();
    }

    /** A name that means several names, or a hidden stream, on this platform alone. */
    private static boolean isForeign(String name) {
        return File.separatorChar != '/' && (name.indexOf(File.separatorChar) >= 0 || name.indexOf(':') >= 0);
    }

    /** Whether some file system takes the name for {@code .git}, as git itself guards against. */
    static boolean isGit(String name) {
        if (name.length() < 4 || !mayBeGit(name.charAt(0))) return false;
        String plain = withoutIgnorable(name).toLowerCase(Locale.ROOT);
        if (plain.equals(".git")) return true;
        if (!plain.startsWith(".git") && !plain.startsWith("git~1")) return false;
        int end = plain.startsWith(".git") ? 4 : 5;
        while (end < plain.length() && (plain.charAt(end) == ' ' || plain.charAt(end) == '.')) end++;
        return end == plain.length() || plain.charAt(end) == ':' || plain.charAt(end) == '\\';
    }

    /** Most names are told apart by how they begin; what may be left out begins at that code point. */
    private static boolean mayBeGit(char first) {
        return first == '.' || first == 'g' || first == 'G' || first >= '\u200c';
    }

    /** Without the code points that HFS+ leaves out when it compares names. */
    private static String withoutIgnorable(String name) {
        var plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ignorable = (c >= '\u200c' && c <= '\u200f')
                    || (c >= '\u202a' && c <= '\u202e')
                    || (c >= '\u206a' && c <= '\u206f')
                    || c == '\ufeff';
            if (!ignorable) plain.append(c);
        }
        return plain.toString();
    }
}
