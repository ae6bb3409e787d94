package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.Leaf;
import java.util.ArrayList;
import java.util.List;

/** Asks what became of the session's files in a root since they were last settled. Immutable. */
final class ChangedFiles {
    private final Leaf<DirectoryId> now;
    private final Leaf<List<String>> added;
    private final Leaf<List<String>> modified;
    private final Leaf<List<String>> removed;

    ChangedFiles(Situation before, DirectoryStep root) {
        DirectoryStep files = before.container().files(root);
        var changes = files.changes(before.settled());
        now = files.id();
        added = changes.addedPaths();
        modified = changes.modifiedPaths();
        removed = changes.removedPaths();
    }

    /**
     * The answer.
     *
     * @param now the session's files in the root
     * @param changed added or modified, relative, directories with '/' at their end
     * @param removed the same
     */
    record Found(DirectoryId now, List<String> changed, List<String> removed) {
        Found {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }

    List<Leaf<?>> leaves() {
        return List.of(now, added, modified, removed);
    }

    Found in(Answers answers) {
        var changed = new ArrayList<>(answers.get(added));
        changed.addAll(answers.get(modified));
        return new Found(answers.get(now), changed, answers.get(removed));
    }
}
