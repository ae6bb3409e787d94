package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds that a branch has a commit's content already, as after a squash: merging the commit would change nothing. */
final class MergedContent {
    private final Site site;
    private final TreeGit git;
    private final List<Ref> targets;

    /** @param targets branches */
    MergedContent(Site site, TreeGit git, List<Ref> targets) {
        this.site = site;
        this.git = git;
        this.targets = List.copyOf(targets);
    }

    boolean has(String commit) throws IOException {
        if (!git.program().version().isAtLeast(2, 38)) return false;
        for (Ref target : targets) {
            if (merged(target.target(), commit).equals(target.tree())) return true;
        }
        return false;
    }

    /** The tree that it would be, or nothing if it is not clear. What is written for it is gone with the removal's own files. */
    private String merged(String target, String commit) throws IOException {
        Path objects = site.own().resolve("objects");
        Files.createDirectories(objects.resolve("info"));
        Files.writeString(
                objects.resolve("info").resolve("alternates"), site.common().resolve("objects") + "\n");
        var command = new ArrayList<>(List.of("merge-tree", "--write-tree", "--no-messages", target, commit));
        GitResult answer = git.run(GitCall.of(command)
                .with("GIT_OBJECT_DIRECTORY", objects.toString())
                .accepting(0, 1, 128));
        return answer.ok() ? answer.lines().get(0) : "";
    }
}
