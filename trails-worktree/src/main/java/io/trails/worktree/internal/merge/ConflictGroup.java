package io.trails.worktree.internal.merge;

import io.trails.Conflict.Kind;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The stages that are one conflict, and what git says about them. Single-threaded. */
final class ConflictGroup {
    private final List<Stage> stages = new ArrayList<>();
    private final List<MergeNote> notes = new ArrayList<>();

    void add(Stage stage) {
        stages.add(stage);
    }

    void add(MergeNote note) {
        notes.add(note);
    }

    void addAll(ConflictGroup other) {
        stages.addAll(other.stages);
        notes.addAll(other.notes);
    }

    /** Two files cannot be the same side of one conflict. */
    boolean fits(ConflictGroup other) {
        return stages.stream().noneMatch(stage -> other.stage(stage.number()).isPresent());
    }

    Optional<Stage> stage(int number) {
        return stages.stream().filter(stage -> stage.number() == number).findFirst();
    }

    Set<RepoPath> places() {
        var places = new TreeSet<RepoPath>();
        for (Stage stage : stages) places.add(stage.path());
        return places;
    }

    /** All paths it has to do with, in git's order. */
    Set<RepoPath> mentioned() {
        Set<RepoPath> paths = places();
        for (MergeNote note : notes) paths.addAll(note.paths());
        return paths;
    }

    /** What happened to the name goes before what happened to the content. */
    Kind kind() {
        if (says("(rename/rename)")) return Kind.RENAME_RENAME;
        if (says("(rename/delete)")) return Kind.RENAME_DELETE;
        if (says("directory rename")) return Kind.DIRECTORY_RENAME;
        if (says("(file/directory)")) return Kind.FILE_DIRECTORY;
        if (says("(modify/delete)")) return Kind.MODIFY_DELETE;
        if (says("(submodule") || stages.stream().anyMatch(Stage::isSubmodule)) return Kind.SUBMODULE;
        if (stages.stream().anyMatch(Stage::isSymlink)) return Kind.SYMLINK;
        if (says("(binary)")) return Kind.BINARY;
        if (stage(Stage.BASE).isPresent()) return Kind.CONTENT;
        return onlyModeDiffers() ? Kind.MODE : Kind.ADD_ADD;
    }

    private boolean says(String what) {
        return notes.stream().anyMatch(note -> note.is(what));
    }

    private boolean onlyModeDiffers() {
        Optional<Stage> ours = stage(Stage.OURS);
        Optional<Stage> theirs = stage(Stage.THEIRS);
        return ours.isPresent()
                && theirs.isPresent()
                && ours.get().objectId().equals(theirs.get().objectId());
    }
}
