package io.trails.internal.workspace;

import io.trails.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;

/** What a comparison could not know: one reason per kind, however many files it concerns. Single-threaded. */
final class Caveats {
    private static final int EXAMPLES = 3;

    private final Map<Kind, Set<String>> paths = new EnumMap<>(Kind.class);

    /** What can remain unknown. */
    enum Kind {
        UNREADABLE(
                "workspace.unreadable",
                "folders cannot be read; what changed in them is not known",
                "Grant read and search permission on them"),
        NO_BASELINE(
                "workspace.no-baseline",
                "folders could not be read when the session started; what changed in them is not known",
                ""),
        CONTENT_UNKNOWN(
                "workspace.content-unknown",
                "files of unchanged size were written again; they are reported as modified, but may have got the same content",
                "Use a workspace on git to know exactly"),
        TOUCHED(
                "workspace.touched",
                "files have their size and time of old but were touched; they are not reported, but may have been changed",
                "Use a workspace on git to know exactly"),
        RECENTLY_WRITTEN(
                "workspace.recently-written",
                "files were written just before the session started; one more write at that moment would go unnoticed",
                "Use a workspace on git to know exactly"),
        NAME_UNDECODABLE(
                "workspace.name-undecodable",
                "names are no UTF-8; they are shown with a replacement character",
                "Rename them"),
        NO_LINE_DIFF(
                "workspace.no-line-diff",
                "files were modified or deleted; which lines is not known, since nobody kept their former content",
                "Use a workspace on git to see the lines");

        private final String code;
        private final String message;
        private final String remedy;

        Kind(String code, String message, String remedy) {
            this.code = code;
            this.message = message;
            this.remedy = remedy;
        }
    }

    void add(Kind kind, String path) {
        paths.computeIfAbsent(kind, any -> new TreeSet<>()).add(path);
    }

    List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        for (Entry<Kind, Set<String>> entry : paths.entrySet()) {
            Kind kind = entry.getKey();
            Set<String> concerned = entry.getValue();
            reasons.add(Reason.of(
                    kind.code, concerned.size() + " " + kind.message + ": " + examples(concerned), kind.remedy));
        }
        return reasons;
    }

    private static String examples(Set<String> paths) {
        var text = new StringBuilder();
        int shown = 0;
        for (String path : paths) {
            if (shown == EXAMPLES) return text.append(", ...").toString();
            if (shown++ > 0) text.append(", ");
            text.append('\'')
                    .append(path.isEmpty() ? "." : PathKeys.shown(path))
                    .append('\'');
        }
        return text.toString();
    }
}
