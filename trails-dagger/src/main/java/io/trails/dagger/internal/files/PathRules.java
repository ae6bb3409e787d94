package io.trails.dagger.internal.files;

import io.trails.Reason;
import io.trails.dagger.internal.files.SelectedFolder.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.ignore.IgnoreNode;

/** Walks from the root to each path it is asked about, and remembers the directories it came through. */
final class PathRules implements FileSelection.Rules {
    private final Map<String, Step> steps = new HashMap<>();
    private final Function<String, Optional<IgnoreNode>> ignoreFiles;

    PathRules(SelectedFolder top, Function<String, Optional<IgnoreNode>> ignoreFiles) {
        this.ignoreFiles = ignoreFiles;
        steps.put("", new Step(Verdict.SELECTED, top));
    }

    @Override
    public Optional<Reason> refusal(String path, boolean directory) {
        Optional<Reason> impossible = PathNames.refusal(path);
        if (impossible.isPresent()) return impossible;
        return switch (verdict(path, directory)) {
            case SELECTED, INCLUDED -> Optional.empty();
            case IGNORED -> Optional.of(Reason.of("dagger.path-ignored", "It is ignored"));
            case GIT -> Optional.of(Reason.of("dagger.path-git", "What belongs to git itself is never brought back"));
            case STATE ->
                Optional.of(Reason.of("dagger.path-state", "What belongs to trails itself is never brought back"));
        };
    }

    private Verdict verdict(String path, boolean directory) {
        int last = path.lastIndexOf('/');
        Step parent = step(last < 0 ? "" : path.substring(0, last));
        if (parent.verdict == Verdict.GIT || parent.verdict == Verdict.STATE) return parent.verdict;
        return parent.folder.verdict(path.substring(last + 1), directory);
    }

    private Step step(String directory) {
        Step known = steps.get(directory);
        if (known != null) return known;
        int last = directory.lastIndexOf('/');
        String name = directory.substring(last + 1);
        Step parent = step(last < 0 ? "" : directory.substring(0, last));
        Verdict verdict = parent.verdict == Verdict.GIT || parent.verdict == Verdict.STATE
                ? parent.verdict
                : parent.folder.verdict(name, true);
        Optional<IgnoreNode> own = verdict == Verdict.SELECTED ? ignoreFiles.apply(directory) : Optional.empty();
        var step = new Step(verdict, parent.folder.child(name, verdict, own));
        steps.put(directory, step);
        return step;
    }

    private record Step(Verdict verdict, SelectedFolder folder) {}
}
