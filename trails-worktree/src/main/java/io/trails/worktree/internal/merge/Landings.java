package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.tree.SessionRefs;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What went into targets by squash or rebase. git does not see that from the history: without it the next merge would bring the same
 * work again, and conflict with it. Immutable.
 *
 * <p>One is written before its target moves. If the target then does not move, nobody has the commit it names, and it says nothing.
 *
 * @param newestFirst all that are known
 */
record Landings(Git git, SessionRefs refs, List<Landing> newestFirst) {
    private static final String FORMAT = "--format=%(refname) %(objectname)";

    Landings {
        newestFirst = List.copyOf(newestFirst);
    }

    static Landings read(SessionTree tree) {
        SessionRefs refs = tree.refs();
        return of(
                tree,
                tree.git()
                        .run("for-each-ref", FORMAT, refs.merged(), refs.mergedAs())
                        .lines());
    }

    /** @param lines of refs, each with the object it points to; others than the session's are passed over */
    static Landings of(SessionTree tree, List<String> lines) {
        SessionRefs refs = tree.refs();
        var works = new TreeMap<Integer, String>();
        var landed = new HashMap<Integer, String>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            String commit = line.substring(space + 1);
            number(line.substring(0, space), refs.merged()).ifPresent(number -> works.put(number, commit));
            number(line.substring(0, space), refs.mergedAs()).ifPresent(number -> landed.put(number, commit));
        }
        var landings = new ArrayList<Landing>();
        works.descendingMap().forEach((number, work) -> {
            String as = landed.get(number);
            if (as != null) landings.add(new Landing(number, work, as));
        });
        return new Landings(tree.git(), refs, landings);
    }

    private static Optional<Integer> number(String name, String prefix) {
        return Optional.of(name)
                .filter(ref -> ref.startsWith(prefix))
                .map(ref -> ref.substring(prefix.length()))
                .filter(number -> number.matches("[0-9]{6}"))
                .map(Integer::valueOf);
    }

    /** What of a session's history a target has already, unless the session has it from there itself. */
    Optional<Landing> between(MergeStore store, String target, String session) {
        for (Landing landing : newestFirst) {
            if (!leadsTo(store, landing.as(), target) || !leadsTo(store, landing.work(), session)) continue;
            return leadsTo(store, landing.as(), session) ? Optional.empty() : Optional.of(landing);
        }
        return Optional.empty();
    }

    /** Whether a target has all that a commit has, as commits or as landed. */
    boolean cover(MergeStore store, String target, String commit) {
        if (leadsTo(store, commit, target)) return true;
        return newestFirst.stream()
                .anyMatch(landing -> leadsTo(store, commit, landing.work()) && leadsTo(store, landing.as(), target));
    }

    private static boolean leadsTo(MergeStore store, String ancestor, String commit) {
        if (ancestor.equals(commit)) return true;
        return store.run(GitCall.of("merge-base", "--is-ancestor", ancestor, commit)
                        .accepting(0, 1, 128))
                .ok();
    }

    Landing add(String work, String as) {
        int last = newestFirst.isEmpty() ? 0 : newestFirst.get(0).number();
        var landing = new Landing(last + 1, work, as);
        update("create " + work(landing) + " " + work, "create " + as(landing) + " " + as);
        return landing;
    }

    void remove(Landing landing) {
        update("delete " + work(landing) + " " + landing.work(), "delete " + as(landing) + " " + landing.as());
    }

    private String work(Landing landing) {
        return refs.merged() + name(landing);
    }

    private String as(Landing landing) {
        return refs.mergedAs() + name(landing);
    }

    private static String name(Landing landing) {
        return String.format(Locale.ROOT, "%06d", landing.number());
    }

    private void update(String... commands) {
        // Hooks that watch references are for what people do.
        git.run(GitCall.of("update-ref", "--stdin")
                .config("core.hooksPath", "/dev/null")
                .input(String.join("\n", commands) + "\n")
                .locking());
    }
}
