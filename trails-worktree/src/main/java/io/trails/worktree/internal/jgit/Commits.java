package io.trails.worktree.internal.jgit;

import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What would be lost with a session's branch and tree, of what was ever committed there. */
record Commits(JGitTree tree, WorktreePlan plan) {
    /** Why neither may go; empty if both may. */
    Optional<String> onlyHere() throws IOException {
        Repository repository = tree.repository();
        String branch = Constants.R_HEADS + plan.branch();
        if (!repository
                .getRefDatabase()
                .getRefsByPrefix(plan.refs().checkpoints())
                .isEmpty()) return Optional.of("It has checkpoints");
        Optional<String> elsewhere = otherTree(branch);
        if (elsewhere.isPresent()) return elsewhere;
        if (hasOwnRefs()) return Optional.of("It has refs of its own");
        for (ObjectId commit : everThere(branch)) {
            if (!isElsewhere(commit, branch))
                return Optional.of("The commit " + commit.name() + " is, or was, on '" + plan.branch()
                        + "' and is on no other branch");
        }
        return Optional.empty();
    }

    /** Another tree may have the branch; this one may have left it. */
    private Optional<String> otherTree(String branch) throws IOException {
        List<Path> heads = new ArrayList<>(List.of(plan.commonDirectory().resolve(Constants.HEAD)));
        Path entries = plan.commonDirectory().resolve("worktrees");
        if (Files.isDirectory(entries)) {
            try (Stream<Path> all = Files.list(entries)) {
                all.map(each -> each.resolve(Constants.HEAD))
                        .filter(Files::isRegularFile)
                        .forEach(heads::add);
            }
        }
        Path own = plan.gitDirectory().resolve(Constants.HEAD);
        for (Path head : heads) {
            boolean has = Files.readString(head).strip().equals("ref: " + branch);
            if (has && !head.equals(own)) return Optional.of("Another tree is on the branch '" + plan.branch() + "'");
            if (!has && head.equals(own)) return Optional.of("It has left the branch '" + plan.branch() + "'");
        }
        return Optional.empty();
    }

    private boolean hasOwnRefs() throws IOException {
        Path refs = plan.gitDirectory().resolve("refs");
        if (!Files.isDirectory(refs)) return false;
        try (Stream<Path> all = Files.walk(refs)) {
            return all.anyMatch(Files::isRegularFile);
        }
    }

    /** A commit that was amended is in the records only. */
    private Set<ObjectId> everThere(String branch) throws IOException {
        Set<ObjectId> commits = new HashSet<>();
        tree.ref(branch).ifPresent(commits::add);
        tree.ref(plan.refs().start()).ifPresent(commits::add);
        for (Ref merged :
                tree.repository().getRefDatabase().getRefsByPrefix(plan.refs().merged()))
            commits.add(merged.getObjectId());
        for (Path log : List.of(
                plan.commonDirectory().resolve("logs").resolve(branch),
                plan.gitDirectory().resolve("logs/HEAD"))) {
            if (!Files.isRegularFile(log)) continue;
            for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
                String[] ids = line.split(" ", 3);
                if (ids.length == 3 && ObjectId.isId(ids[1])) commits.add(ObjectId.fromString(ids[1]));
            }
        }
        commits.remove(ObjectId.zeroId());
        return commits;
    }

    private boolean isElsewhere(ObjectId commit, String branch) throws IOException {
        try (var walk = new RevWalk(tree.repository())) {
            RevCommit wanted = walk.parseCommit(commit);
            for (String kept : List.of(Constants.R_HEADS, Constants.R_TAGS, Constants.R_REMOTES)) {
                for (Ref ref : tree.repository().getRefDatabase().getRefsByPrefix(kept)) {
                    if (ref.getName().equals(branch) || ref.getObjectId() == null) continue;
                    if (!(walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit tip)) continue;
                    if (walk.isMergedInto(wanted, walk.parseCommit(tip))) return true;
                }
            }
            return false;
        }
    }
}
