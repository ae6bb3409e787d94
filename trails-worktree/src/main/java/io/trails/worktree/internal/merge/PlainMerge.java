package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.diff.RawText;

/** Merges as git before 2.38 can without a tree: path by path, so a renamed file is one that was deleted and another that was added. */
final class PlainMerge {
    private static final long MERGED = 16L << 20;
    private static final long MERGED_TOGETHER = 256L << 20;

    private final MergeStore store;

    PlainMerge(MergeStore store) {
        this.store = store;
    }

    TreeMergeResult merge(String ours, String theirs) {
        try (MergeScratch scratch = MergeScratch.open()) {
            Path index = scratch.index();
            String base = Ancestry.of(store, ours, theirs).nearest().orElseGet(this::emptyTree);
            store.run(MergeScratch.on(index, GitCall.of("read-tree", "-i", "-m", "--aggressive", base, ours, theirs)));
            Map<RepoPath, List<Stage>> unmerged = unmerged(index);
            settle(index, unmerged);
            List<Stage> left = unmerged.values().stream().flatMap(List::stream).toList();
            clear(index, unmerged, ours.length());
            String tree =
                    store.run(MergeScratch.on(index, GitCall.of("write-tree"))).text();
            return new TreeMergeResult(ours, theirs, tree, left.isEmpty(), left, notes(unmerged));
        }
    }

    private String emptyTree() {
        return store.run(GitCall.of("hash-object", "-w", "-t", "tree", "--stdin"))
                .text();
    }

    private Map<RepoPath, List<Stage>> unmerged(Path index) {
        var unmerged = new TreeMap<RepoPath, List<Stage>>();
        byte[] listed = store.run(MergeScratch.on(index, GitCall.of("ls-files", "-u", "-z", "--full-name")))
                .bytes();
        for (RepoPath entry : RepoPath.split(listed)) {
            Stage stage = MergeTreeOutput.stage(entry);
            unmerged.computeIfAbsent(stage.path(), path -> new ArrayList<>()).add(stage);
        }
        return unmerged;
    }

    /** Puts what merges line by line into the index, and takes it off the list. */
    private void settle(Path index, Map<RepoPath, List<Stage>> unmerged) {
        Set<String> wanted = new LinkedHashSet<>();
        for (List<Stage> stages : unmerged.values())
            if (isPlain(stages)) stages.forEach(stage -> wanted.add(stage.objectId()));
        var blobs = new Blobs(store);
        Map<String, byte[]> contents = blobs.read(wanted, MERGED, MERGED_TOGETHER);
        var entries = new ByteArrayOutputStream();
        for (List<Stage> stages : List.copyOf(unmerged.values())) {
            if (!isPlain(stages)) continue;
            List<byte[]> versions = new ArrayList<>();
            for (Stage stage : stages) {
                byte[] content = contents.get(stage.objectId());
                if (content != null && !RawText.isBinary(content)) versions.add(content);
            }
            if (versions.size() < stages.size()) continue;
            MergedText text = MergedText.of(versions.get(0), versions.get(1), versions.get(2));
            if (!text.isClean()) continue;
            Stage ours = stages.get(1);
            String mode =
                    ours.mode().equals(stages.get(0).mode()) ? stages.get(2).mode() : ours.mode();
            String merged = blobs.write(text.with(List.of()));
            entries.writeBytes((mode + " " + merged + "\t").getBytes(StandardCharsets.US_ASCII));
            entries.writeBytes(ours.path().bytes());
            entries.write(0);
            unmerged.remove(ours.path());
        }
        update(index, entries);
    }

    private static boolean isPlain(List<Stage> stages) {
        return stages.size() == 3 && stages.stream().allMatch(Stage::isFile);
    }

    /** A tree has no place for what is not merged. */
    private void clear(Path index, Map<RepoPath, List<Stage>> unmerged, int digits) {
        var entries = new ByteArrayOutputStream();
        for (RepoPath path : unmerged.keySet()) {
            entries.writeBytes(("0 " + "0".repeat(digits) + "\t").getBytes(StandardCharsets.US_ASCII));
            entries.writeBytes(path.bytes());
            entries.write(0);
        }
        update(index, entries);
    }

    private void update(Path index, ByteArrayOutputStream entries) {
        if (entries.size() == 0) return;
        store.run(MergeScratch.on(
                index, GitCall.of("update-index", "-z", "--index-info").input(entries.toByteArray())));
    }

    private static List<MergeNote> notes(Map<RepoPath, List<Stage>> unmerged) {
        var notes = new ArrayList<MergeNote>();
        unmerged.forEach((path, stages) -> notes.add(new MergeNote(List.of(path), type(stages))));
        return notes;
    }

    private static String type(List<Stage> stages) {
        boolean based = stages.get(0).number() == Stage.BASE;
        if (based && stages.size() == 2) return "CONFLICT (modify/delete)";
        return stages.size() == 1 ? "CONFLICT (file/directory)" : "CONFLICT (contents)";
    }
}
