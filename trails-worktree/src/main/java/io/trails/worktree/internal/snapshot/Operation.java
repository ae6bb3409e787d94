package io.trails.worktree.internal.snapshot;

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
    MERGE("MERGE_HEAD"),
    REBASE("rebase-merge", "rebase-apply/rebasing"),
    AM("rebase-apply/applying"),
    CHERRY_PICK("CHERRY_PICK_HEAD"),
    REVERT("REVERT_HEAD"),
    SEQUENCE("sequencer/todo"),
    BISECT("BISECT_LOG");

    private final List<String> signs;

    Operation(String... signs) {
        this.signs = List.of(signs);
    }

    /** All that are under way in the tree. */
    public static Set<Operation> underWay(Git git) {
        Path directory = Path.of(git.text("rev-parse", "--absolute-git-dir"));
        boolean refsInTables = Files.isDirectory(directory.resolve("reftable"));
        Set<Operation> found = EnumSet.noneOf(Operation.class);
        for (Operation operation : values()) {
            for (String sign : operation.signs) {
                if (Files.exists(directory.resolve(sign), LinkOption.NOFOLLOW_LINKS)) found.add(operation);
                if (refsInTables && sign.endsWith("_HEAD") && git.ref(sign).isPresent()) found.add(operation);
            }
        }
        return found;
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
