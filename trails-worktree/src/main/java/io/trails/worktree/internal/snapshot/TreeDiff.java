package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One path in which two trees differ. Immutable.
 *
 * @param oldMode {@code 000000} if the first tree does not have it
 * @param newMode {@code 000000} if the second tree does not have it
 */
public record TreeDiff(String oldMode, String newMode, String oldId, String newId, RepoPath path) {
    private static final String NOTHING = "000000";

    /** All of them, ordered by path; nothing is taken for a rename. */
    public static List<TreeDiff> between(Git git, String first, String second) {
        if (first.equals(second)) return List.of();
        List<RepoPath> fields = git.run(Plumbing.call(
                        "diff-tree",
                        "-r",
                        "-z",
                        "--raw",
                        "--no-renames",
                        "--no-abbrev",
                        "--no-ext-diff",
                        first,
                        second))
                .fields();
        var differences = new ArrayList<TreeDiff>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String[] words = fields.get(i).from(1).text().split(" ", -1);
            differences.add(new TreeDiff(words[0], words[1], words[2], words[3], fields.get(i + 1)));
        }
        return differences;
    }

    public boolean added() {
        return oldMode.equals(NOTHING);
    }

    /** How the first tree has them, as {@code update-index --index-info} takes it. */
    public static byte[] oldEntries(List<TreeDiff> differences) {
        var entries = new ByteArrayOutputStream();
        for (TreeDiff difference : differences) entries.writeBytes(difference.oldEntry());
        return entries.toByteArray();
    }

    private byte[] oldEntry() {
        byte[] start = (oldMode + " " + oldId + "\t").getBytes(StandardCharsets.US_ASCII);
        byte[] entry = Arrays.copyOf(start, start.length + path.length() + 1);
        System.arraycopy(path.bytes(), 0, entry, start.length, path.length());
        return entry;
    }
}
