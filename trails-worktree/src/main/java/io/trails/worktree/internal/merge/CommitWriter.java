package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes commits that no tree is needed for. Immutable.
 *
 * @param signed whether they are
 */
record CommitWriter(MergeStore store, boolean signed, Duration limit) {
    /** In the user's name. */
    String write(String tree, List<String> parents, String message) {
        GitCall call = GitCall.of("commit-tree", tree);
        for (String parent : parents) call = call.and("-p", parent);
        return store.run(sign(call).input(message.endsWith("\n") ? message : message + "\n"))
                .text();
    }

    private GitCall sign(GitCall call) {
        return (signed ? call.and("-S") : call).timeout(limit);
    }

    /**
     * The same commit on another parent: author, dates, encoding and message stay, byte by byte unless it is signed.
     *
     * @param committer who does it, as git writes it into a commit; empty for who committed it first
     */
    String rewrite(String commit, String tree, String parent, Optional<String> committer) {
        if (signed) return rewriteSigned(commit, tree, parent);
        byte[] old = store.run(GitCall.of("cat-file", "commit", commit)).bytes();
        String text = new String(old, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\n\n");
        var written = new ByteArrayOutputStream();
        add(written, "tree " + tree);
        add(written, "parent " + parent);
        for (String line : text.substring(0, body).split("\n", -1)) {
            if (line.startsWith("author ") || line.startsWith("encoding ")) add(written, line);
            if (!line.startsWith("committer ")) continue;
            if (committer.isEmpty()) add(written, line);
            else written.writeBytes(("committer " + committer.get() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        written.write(old, body + 1, old.length - body - 1);
        return store.run(GitCall.of("hash-object", "-t", "commit", "-w", "--stdin")
                        .input(written.toByteArray()))
                .text();
    }

    private static void add(ByteArrayOutputStream commit, String line) {
        commit.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private String rewriteSigned(String commit, String tree, String parent) {
        List<RepoPath> author = store.run(GitCall.of(
                        "log", "-1", "--date=raw", "--encoding=UTF-8", "--format=%an%x00%ae%x00%ad%x00%B", commit))
                .fields();
        GitCall call = GitCall.of("commit-tree", tree)
                .and("-p", parent)
                .config("i18n.commitEncoding", "UTF-8")
                .with("GIT_AUTHOR_NAME", author.get(0).text())
                .with("GIT_AUTHOR_EMAIL", author.get(1).text())
                .with("GIT_AUTHOR_DATE", author.get(2).text());
        return store.run(sign(call).input(author.get(3).text().stripTrailing() + "\n"))
                .text();
    }
}
