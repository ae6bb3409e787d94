package io.trails.worktree.internal.removal;

import io.trails.TrailsException;
import io.trails.worktree.Rescue;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.tree.SessionRefs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The refs that rescues are kept by: those of one rescue have a prefix of their own. Immutable, thread-safe. */
public final class RescueRefs {
    private static final String FORMAT = "%(refname)%00%(objectname)%00%(committerdate:unix)%00%(contents)%00";
    private static final int FIELDS = 4;

    private final Git git;
    private final Clock clock;

    public RescueRefs(Git git, Clock clock) {
        this.git = git;
        this.clock = clock;
    }

    private record Entry(String name, String commit, Instant at, String message) {
        Optional<String> line(String start) {
            return message.lines()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .findFirst();
        }

        /** The key, and the number of the rescue where there are several refs to one. */
        String id() {
            String rest = name.substring(SessionRefs.allTrash().length());
            int last = rest.lastIndexOf('/');
            return rest.indexOf('/') == last ? rest : rest.substring(0, last);
        }
    }

    /** Newest first. */
    public List<Rescue> list() {
        return groups().values().stream()
                .map(RescueRefs::rescue)
                .sorted(Comparator.comparing(Rescue::rescuedAt).reversed().thenComparing(Rescue::id))
                .toList();
    }

    private Map<String, List<Entry>> groups() {
        GitCall call = GitCall.of("for-each-ref", "--format=" + FORMAT, SessionRefs.allTrash());
        List<RepoPath> fields = git.run(call).fields();
        var groups = new LinkedHashMap<String, List<Entry>>();
        for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
            String seconds = fields.get(i + 2).text();
            var entry = new Entry(
                    fields.get(i).text().strip(),
                    fields.get(i + 1).text(),
                    Instant.ofEpochSecond(seconds.isEmpty() ? 0 : Long.parseLong(seconds)),
                    fields.get(i + 3).text());
            groups.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(entry);
        }
        return groups;
    }

    private static Rescue rescue(List<Entry> entries) {
        Entry main = entries.stream()
                .filter(entry -> entry.name().endsWith("/" + RescueWriter.FILES))
                .findFirst()
                .orElse(entries.get(0));
        String key = main.id().split("/", 2)[0];
        int drawn = key.lastIndexOf('-');
        return new Rescue(
                main.id(),
                main.line(RescueWriter.SESSION_LINE).orElse(drawn > 0 ? key.substring(0, drawn) : key),
                main.at(),
                main.line(RescueWriter.BRANCH_LINE),
                main.commit(),
                main.line(RescueWriter.CHANGED_LINE).map(Integer::parseInt).orElse(0),
                main.message().lines().findFirst().orElse(""),
                entries.stream().map(Entry::name).toList());
    }

    /** As it is now. @throws TrailsException {@code worktree.rescue-missing} */
    public Rescue refresh(Rescue rescue) {
        return list().stream()
                .filter(now -> now.id().equals(rescue.id()))
                .findFirst()
                .orElseThrow(() -> new TrailsException(
                        "worktree.rescue-missing",
                        "The rescue " + rescue.id() + " of session '" + rescue.sessionId()
                                + "' is not there any more; it was collected"));
    }

    /** Where the branch then is. @throws TrailsException {@code worktree.rescue-branch-taken} */
    public String branch(Rescue rescue, String branch) {
        String name = "refs/heads/" + branch;
        boolean valid = git.run(GitCall.of("check-ref-format", name).accepting(0, 1)).ok() && !branch.startsWith("-");
        if (!valid) throw taken(branch, "is no name for a branch", null);
        String target = target(rescue);
        try {
            git.run(GitCall.of("update-ref", "--stdin").input("create " + name + " " + target + "\n"));
            return target;
        } catch (GitFailedException refused) {
            if (!refused.code().equals("worktree.git-failed")) throw refused;
            throw taken(branch, "cannot be made: there is one of that name, or one that it would be in the way of", refused);
        }
    }

    private static TrailsException taken(String branch, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        String message = "Branch '" + branch + "' " + why + "; choose another name";
        return cause == null
                ? new TrailsException("worktree.rescue-branch-taken", message)
                : new TrailsException("worktree.rescue-branch-taken", message, cause);
    }

    /** Without a commit on top that changes nothing. */
    private String target(Rescue rescue) {
        GitResult head = git.run(GitCall.of("log", "-1", "--format=%P", rescue.commit()));
        String first = head.text().split(" ", 2)[0];
        if (first.isEmpty() || rescue.changedFiles() > 0) return rescue.commit();
        boolean same = git.run(GitCall.of("diff-tree", "--quiet", first, rescue.commit()).accepting(0, 1)).ok();
        return same ? first : rescue.commit();
    }

    /** Deletes those that are older, each with all its refs or not at all. */
    public List<Rescue> collect(Duration age) {
        Instant limit = clock.instant().minus(age);
        var collected = new ArrayList<Rescue>();
        for (List<Entry> entries : groups().values()) {
            Rescue rescue = rescue(entries);
            if (!rescue.rescuedAt().isBefore(limit)) continue;
            var commands = new StringBuilder();
            for (Entry entry : entries) {
                commands.append("delete " + entry.name() + " " + entry.commit() + "\n");
            }
            git.run(GitCall.of("update-ref", "--stdin")
                    .config("core.hooksPath", "/dev/null")
                    .input(commands.toString()));
            collected.add(rescue);
        }
        return collected;
    }
}
