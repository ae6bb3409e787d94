package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code git merge-tree --write-tree -z --messages} prints, read from front to back. Single-threaded. */
final class MergeTreeOutput {
    private static final int MODE_LENGTH = 6;
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private final List<RepoPath> fields;
    private int at;

    private MergeTreeOutput(List<RepoPath> fields) {
        this.fields = fields;
    }

    static TreeMergeResult parse(byte[] output, String ours, String theirs, boolean clean) {
        var reading = new MergeTreeOutput(RepoPath.split(output));
        String tree = reading.next().text();
        List<Stage> stages = reading.stages();
        List<MergeNote> notes = reading.notes();
        return new TreeMergeResult(ours, theirs, tree, clean, stages, notes);
    }

    /** They end with an empty field; a clean merge of old versions has neither. */
    private List<Stage> stages() {
        var stages = new ArrayList<Stage>();
        while (at < fields.size()) {
            RepoPath entry = next();
            if (entry.length() == 0) break;
            stages.add(stage(entry));
        }
        return stages;
    }

    /** Mode, blank, object id, blank, stage, tab, path. */
    static Stage stage(RepoPath entry) {
        String text = entry.latin();
        int tab = text.indexOf('\t');
        return new Stage(
                text.substring(0, MODE_LENGTH),
                text.substring(MODE_LENGTH + 1, tab - 2),
                text.charAt(tab - 1) - '0',
                entry.from(tab + 1));
    }

    /** The number of paths, the paths, the type, and a text for people. */
    private List<MergeNote> notes() {
        var notes = new ArrayList<MergeNote>();
        while (at < fields.size()) {
            String count = next().text();
            // Advice about submodules goes to the same output, behind everything else.
            if (!COUNT.matcher(count).matches()) break;
            int paths = Integer.parseInt(count);
            List<RepoPath> named = fields.subList(at, at + paths);
            at += paths;
            notes.add(new MergeNote(named, next().text()));
            at++;
        }
        return notes;
    }

    private RepoPath next() {
        return fields.get(at++);
    }
}
