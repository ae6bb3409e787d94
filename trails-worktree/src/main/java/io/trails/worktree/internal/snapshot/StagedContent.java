package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What an index holds, as trees. Immutable.
 *
 * @param tree of an unmerged path it has our side
 * @param stages of an unmerged index, its unmerged paths below {@code 1/}, {@code 2/} and {@code 3/}
 */
record StagedContent(String tree, Optional<String> stages) {
    private static final String NOTHING = "000000";
    private static final int OURS = 1;

    /** @param index is not changed, unless it is unmerged: then it is unmerged no more */
    static StagedContent of(
            Git git, PrivateIndex index, Optional<ScratchObjects> scratch, TreeStatus status, String headTree) {
        List<TreeStatus.Entry> unmerged =
                status.entries().stream().filter(TreeStatus.Entry::unmerged).toList();
        if (unmerged.isEmpty()) {
            boolean asHead = status.entries().stream().noneMatch(TreeStatus.Entry::inIndexChanged);
            return new StagedContent(asHead ? headTree : index.writeTree(), Optional.empty());
        }
        var stages = new ByteArrayOutputStream();
        var resolved = new ByteArrayOutputStream();
        for (TreeStatus.Entry entry : unmerged) {
            for (int stage = 0; stage < entry.ids().size(); stage++) {
                put(stages, entry, stage, (stage + 1) + "/");
            }
            // Removes all stages of the path.
            line(resolved, "0 " + "0".repeat(entry.ids().get(OURS).length()), "", entry.path());
            put(resolved, entry, OURS, "");
        }
        String stagesTree;
        try (PrivateIndex empty = PrivateIndex.empty(git, scratch)) {
            empty.put(stages.toByteArray());
            stagesTree = empty.writeTree();
        }
        index.put(resolved.toByteArray());
        return new StagedContent(index.writeTree(), Optional.of(stagesTree));
    }

    private static void put(ByteArrayOutputStream to, TreeStatus.Entry entry, int stage, String prefix) {
        String mode = entry.modes().get(stage);
        if (!mode.equals(NOTHING)) line(to, mode + " " + entry.ids().get(stage), prefix, entry.path());
    }

    private static void line(ByteArrayOutputStream to, String what, String prefix, RepoPath path) {
        to.writeBytes((what + "\t" + prefix).getBytes(StandardCharsets.UTF_8));
        to.writeBytes(path.bytes());
        to.write(0);
    }
}
