package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the source's index is not the commit's tree. Immutable.
 *
 * @param paths all of them
 * @param attributes the commit's attributes files among them, each with its blob
 */
record SourceDifference(Set<RepoPath> paths, Map<RepoPath, String> attributes) {
    SourceDifference {
        paths = Set.copyOf(paths);
        attributes = Map.copyOf(attributes);
    }

    static SourceDifference none() {
        return new SourceDifference(Set.of(), Map.of());
    }

    /** git compares whole directories at once, and looks at no file. */
    static SourceDifference find(Git source, String commit) throws IOException {
        List<RepoPath> fields = source.run(GitCall.of(
                        "diff-index",
                        "--cached",
                        "-z",
                        "--raw",
                        "--no-renames",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--ignore-submodules=none",
                        commit,
                        "--"))
                .fields();
        if (fields.size() % 2 != 0) throw new IOException("git diff-index printed something else");
        var paths = new HashSet<RepoPath>();
        var attributes = new HashMap<RepoPath, String>();
        for (int i = 0; i < fields.size(); i += 2) {
            RepoPath path = fields.get(i + 1);
            paths.add(path);
            if (AttributeFiles.isOne(path)) attributes.put(path, blob(fields.get(i)));
        }
        attributes.values().removeIf(String::isEmpty);
        return new SourceDifference(paths, attributes);
    }

    /** Of {@code :mode mode id id letter}, the commit's; empty if the commit has no such file. */
    private static String blob(RepoPath field) throws IOException {
        String[] words = field.text().split(" ", -1);
        if (words.length != 5) throw new IOException("git diff-index printed something else");
        if (words[0].equals(":000000")) return "";
        if (!words[0].startsWith(":100")) throw new IOException("An attributes file is no file");
        return words[2];
    }
}
