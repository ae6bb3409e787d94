package io.trails.worktree.internal.snapshot;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What git may have begun in a tree and not ended: its files lie where each tree has its own. */
public enum Operation {
    MERGE,
    REBASE,
    AM,
    CHERRY_PICK,
    REVERT,
    SEQUENCE,
    BISECT;

    /** One of these files exists meanwhile. */
    private List<String> signs() {
        return switch (this) {
            case MERGE -> List.of("MERGE_HEAD");
            case REBASE -> List.of("rebase-merge", "rebase-apply/rebasing");
            case AM -> List.of("rebase-apply/applying");
            case CHERRY_PICK -> List.of("CHERRY_PICK_HEAD");
            case REVERT -> List.of("REVERT_HEAD");
            case SEQUENCE -> List.of("sequencer/todo");
            case BISECT -> List.of("BISECT_LOG");
        };
    }

    /** All that are under way in the tree. */
    public static Set<Operation> underWay(Git git) {
        Path directory = Path.of(git.text("rev-parse", "--absolute-git-dir"));
        boolean refsInTables = Files.isDirectory(directory.resolve("reftable"));
        Set<Operation> found = EnumSet.noneOf(Operation.class);
        for (Operation operation : values()) {
            for (String sign : operation.signs()) {
                if (Files.exists(directory.resolve(sign), LinkOption.NOFOLLOW_LINKS)) found.add(operation);
                if (refsInTables && sign.endsWith("_HEAD") && git.ref(sign).isPresent()) found.add(operation);
            }
        }
        return found;
    }

    /**
     * Insists that nobody else is in the middle of changing files.
     *
     * @param what cannot be done, for the message
     * @throws TrailsException {@code worktree.operation-under-way}
     */
    public static void refuseUnderWay(Git git, String what) {
        for (Operation operation : underWay(git)) {
            if (!operation.ownsFiles()) continue;
            throw new TrailsException(
                    "worktree.operation-under-way",
                    "A " + operation.word() + " is under way in " + git.directory() + "; finish or abort it to "
                            + what);
        }
    }

    /** Those that own the index, so that nobody else may change files under them. */
    public boolean ownsFiles() {
        return this != BISECT;
    }

    /** For messages, such as {@code cherry-pick}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
