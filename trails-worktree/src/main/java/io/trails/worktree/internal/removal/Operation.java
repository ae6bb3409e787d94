package io.trails.worktree.internal.removal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What git has begun in a tree and not ended. */
final class Operation {
    private Operation() {}

    /** Its name, if there is one. */
    static Optional<String> underWay(Path administration) {
        for (Map.Entry<String, String> sign : signs().entrySet()) {
            if (Files.exists(administration.resolve(sign.getKey()))) return Optional.of(sign.getValue());
        }
        return Optional.empty();
    }

    /** A rebase stops at picks, and a bisection can hold a merge: the outermost comes first. */
    private static Map<String, String> signs() {
        var signs = new LinkedHashMap<String, String>();
        signs.put("rebase-merge", "rebase");
        signs.put("rebase-apply", "rebase or am");
        signs.put("MERGE_HEAD", "merge");
        signs.put("CHERRY_PICK_HEAD", "cherry-pick");
        signs.put("REVERT_HEAD", "revert");
        signs.put("sequencer", "cherry-pick or revert of several commits");
        signs.put("BISECT_LOG", "bisect");
        return signs;
    }
}
