package io.trails.worktree.internal.removal;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The commits that a worktree alone may know: its heads, what they were before, and what an operation under way holds. */
final class Roots {
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern NOTHING = Pattern.compile("0+");
    private static final List<String> HEADS = List.of(
            "ORIG_HEAD",
            "MERGE_HEAD",
            "CHERRY_PICK_HEAD",
            "REVERT_HEAD",
            "REBASE_HEAD",
            "MERGE_AUTOSTASH",
            "BISECT_HEAD",
            "sequencer/head",
            "rebase-merge/orig-head",
            "rebase-merge/autostash",
            "rebase-merge/stopped-sha",
            "rebase-merge/amend",
            "rebase-apply/orig-head",
            "rebase-apply/autostash");

    private Roots() {}

    /** In no particular order; some of them may not exist any more. */
    static Set<String> of(Site site, TreeGit git) {
        var roots = new LinkedHashSet<String>();
        try {
            for (String head : HEADS) first(site.administration().resolve(head), roots);
            if (Files.isDirectory(site.common().resolve("reftable"))) {
                logged(git, "HEAD", roots);
                logged(git, site.branch(), roots);
            } else {
                log(site.administration().resolve("logs").resolve("HEAD"), roots);
                log(site.common().resolve("logs").resolve(site.branch()), roots);
            }
        } catch (IOException unreadable) {
            throw new TrailsException(
                    "worktree.unreadable", "The history of " + site.root() + " cannot be read", unreadable);
        }
        return roots;
    }

    private static void logged(TreeGit git, String ref, Set<String> roots) {
        roots.addAll(git.run(GitCall.of("log", "-g", "--format=%H", "--end-of-options", ref)
                        .accepting(0, 128))
                .lines());
    }

    private static void first(Path file, Set<String> roots) throws IOException {
        for (String line : lines(file)) add(line.strip(), roots);
    }

    private static void log(Path file, Set<String> roots) throws IOException {
        for (String line : lines(file)) {
            String[] objects = line.split(" ", 3);
            if (objects.length < 2) continue;
            add(objects[0], roots);
            add(objects[1], roots);
        }
    }

    private static void add(String object, Set<String> roots) {
        if (OBJECT.matcher(object).matches() && !NOTHING.matcher(object).matches()) roots.add(object);
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return List.of();
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
    }
}
