package io.trails.dagger.internal.sandbox;

import io.trails.Reason;
import io.trails.dagger.internal.files.Skipped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container has and the host does not get, for a person: one reason for all that is left for the same one. */
final class LeftBehind {
    private static final String IGNORED = "dagger.path-ignored";

    private LeftBehind() {}

    static boolean isIgnored(Reason reason) {
        return reason.code().equals(IGNORED);
    }

    /** Of what is ignored nobody is told. */
    static List<Reason> reasons(Collection<Skipped> skipped) {
        var alike = new LinkedHashMap<Reason, List<String>>();
        for (Skipped each : skipped) {
            if (isIgnored(each.reason())) continue;
            alike.computeIfAbsent(each.reason(), unknown -> new ArrayList<>()).add(each.path());
        }
        return alike.entrySet().stream().map(LeftBehind::named).toList();
    }

    private static Reason named(Map.Entry<Reason, List<String>> alike) {
        Reason reason = alike.getKey();
        List<String> paths = alike.getValue();
        String example = "'" + paths.get(0) + "'";
        String which = paths.size() == 1
                ? example + " does not come back"
                : paths.size() + " paths do not come back, such as " + example;
        return Reason.of(reason.code(), which + ": " + reason.message(), reason.remedy());
    }
}
