package io.trails.dagger.internal.files;

import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/** What the rules say about the entries of one directory. Immutable. */
final class SelectedFolder {
    private final FileSelection selection;
    private final @Nullable SelectedFolder parent;
    private final String path;
    private final @Nullable IgnoreNode rules;
    private final boolean included;
    private final boolean selected;
    private final Optional<String> statePath;

    SelectedFolder(
            FileSelection selection,
            @Nullable SelectedFolder parent,
            String path,
            @Nullable IgnoreNode rules,
            boolean included,
            boolean selected,
            Optional<String> statePath) {
        this.selection = selection;
        this.parent = parent;
        this.path = path;
        this.rules = rules;
        this.included = included;
        this.selected = selected;
        this.statePath = statePath;
    }

    /** What becomes of an entry. */
    enum Verdict {
        SELECTED,
        /** Selected because the recipe names it, with all that is in it. */
        INCLUDED,
        IGNORED,
        GIT,
        STATE
    }

    Verdict verdict(String name, boolean directory) {
        return verdict(name, pathOf(name), directory);
    }

    /** @param entry the path of that name, for whoever has it already */
    Verdict verdict(String name, String entry, boolean directory) {
        if (PathNames.isGit(name)) return Verdict.GIT;
        if (statePath.isPresent() && entry.equals(statePath.get())) return Verdict.STATE;
        if (path.isEmpty() && name.startsWith(FileSelection.SCRATCH)) return Verdict.STATE;
        if (included || selection.includes(entry, directory)) return Verdict.INCLUDED;
        if (!selected || selection.excludes(entry, directory) || isIgnored(entry, directory)) return Verdict.IGNORED;
        return Verdict.SELECTED;
    }

    /** Whether something in an ignored directory may be included. */
    boolean mayIncludeBelow(String name) {
        return selection.mayIncludeBelow(pathOf(name));
    }

    /** The directory of that name. The rules in an ignored one no longer matter, as nothing in it is selected by them. */
    SelectedFolder child(String name, Verdict verdict, Optional<IgnoreNode> own) {
        boolean inside = verdict == Verdict.INCLUDED;
        return new SelectedFolder(
                selection,
                this,
                pathOf(name),
                own.orElse(null),
                inside,
                inside || verdict == Verdict.SELECTED,
                statePath);
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    private boolean isIgnored(String entry, boolean directory) {
        for (SelectedFolder level = this; level != null; level = level.parent) {
            if (level.rules == null) continue;
            String inLevel = level.path.isEmpty() ? entry : entry.substring(level.path.length() + 1);
            Boolean ignored = level.rules.checkIgnored(inLevel, directory);
            if (ignored != null) return ignored;
        }
        return false;
    }
}
