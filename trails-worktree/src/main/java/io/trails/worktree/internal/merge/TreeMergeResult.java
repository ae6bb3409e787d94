package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.RepoPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two commits merge to. Immutable.
 *
 * @param ours the commit that gets the other
 * @param theirs the other
 * @param tree with everything that merged; what did not is in it as git would leave it in a working tree
 * @param clean whether there is nothing to decide
 * @param stages of what is to be decided
 * @param notes what git says about it
 */
public record TreeMergeResult(
        String ours, String theirs, String tree, boolean clean, List<Stage> stages, List<MergeNote> notes) {
    public TreeMergeResult {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }

    /** Where a path belongs that git had to move aside: it appends what we called the side. */
    Optional<RepoPath> movedAsideFrom(RepoPath path) {
        Pattern aside = Pattern.compile("~(?:" + ours + "|" + theirs + ")(?:_\\d{1,9})?$");
        Matcher suffix = aside.matcher(path.latin());
        return suffix.find() ? Optional.of(path.until(suffix.start())) : Optional.empty();
    }

    RepoPath home(RepoPath path) {
        return movedAsideFrom(path).orElse(path);
    }
}
