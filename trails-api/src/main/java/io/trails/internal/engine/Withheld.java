package io.trails.internal.engine;

import io.trails.BroughtBack;
import io.trails.FileConflict;
import io.trails.Reason;
import java.util.ArrayList;
import java.util.List;

/** What did not come back from a session's copy of its files, for a person. */
final class Withheld {
    private Withheld() {}

    /** One reason per conflict. */
    private static List<Reason> conflicts(BroughtBack back) {
        List<Reason> reasons = new ArrayList<>();
        for (FileConflict conflict : back.conflicts()) {
            Reason why = conflict.reason();
            String kept = conflict.kept()
                    .map(file -> "; the session's version is " + file)
                    .orElse("; the session removed it");
            String remedy = why.remedy().isEmpty()
                    ? "Settle '" + conflict.path() + "' by hand, then bring back or merge again"
                    : why.remedy();
            reasons.add(Reason.of(
                    why.code(), "'" + conflict.path() + "' did not come back: " + why.message() + kept, remedy));
        }
        return reasons;
    }

    /** What a merge must not go on without. */
    static List<Reason> blocking(BroughtBack back) {
        return join(conflicts(back), back.withheld());
    }

    /** That and whatever else is worth knowing. */
    static List<Reason> all(BroughtBack back) {
        List<Reason> reasons = blocking(back);
        reasons.addAll(back.notes());
        return reasons;
    }

    /** Two lists in one. */
    static List<Reason> join(List<Reason> first, List<Reason> second) {
        List<Reason> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
