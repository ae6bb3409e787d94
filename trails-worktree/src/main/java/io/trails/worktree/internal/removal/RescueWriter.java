package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what a removal would lose where refs keep it, all of it at once. Immutable. */
record RescueWriter(Site site, TreeGit git, Clock clock) {
    static final String FILES = "files";
    static final String IGNORED = "ignored";
    static final String EXACT = "exact";
    static final String BUNDLES = "bundles";
    static final String COMMIT = "commit-";
    static final String CHECKPOINT = "checkpoint-";
    static final String STASH = "stash-";
    static final String SESSION_LINE = "Trails-Session: ";
    static final String BRANCH_LINE = "Trails-Branch: ";
    static final String CHANGED_LINE = "Trails-Changed: ";
    static final String HEAD_LINE = "Trails-Head: ";
    /** The tree of a commit that nobody asked for; nothing is taken for rescued by it. */
    private static final String UNKNOWN = "";

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})/.*");

    /** Of the next rescue. */
    String prefix(List<Ref> rescued) {
        return site.plan().refs().trash() + next(rescued) + "/";
    }

    /** Gives the refs. They exist only if all that they lead to does. */
    List<Ref> write(Material material, List<Ref> rescued) {
        String prefix = prefix(rescued);
        var refs = new ArrayList<Ref>();
        String files = material.files()
                .or(() -> material.head().flatMap(head -> git.find(head + "^{tree}")))
                .orElseGet(() -> git.text("mktree"));
        var parents = new ArrayList<String>();
        material.head().ifPresent(parents::add);
        material.index().ifPresent(index -> parents.add(commit(index, parents, material, "What was staged in")));
        add(refs, prefix + FILES, files, commit(files, parents, material, "The files of"));
        tree(refs, prefix + IGNORED, material.ignored(), material, "Ignored files of");
        tree(refs, prefix + EXACT, material.exact(), material, "Files, byte for byte, of");
        tree(refs, prefix + BUNDLES, material.bundles(), material, "Repositories in");
        int number = 1;
        for (String commit : material.commits()) add(refs, prefix + COMMIT + number++, UNKNOWN, commit);
        number = 1;
        for (String stash : material.stashes()) add(refs, prefix + STASH + number++, UNKNOWN, stash);
        for (Ref checkpoint : material.checkpoints()) {
            String name =
                    checkpoint.name().substring(site.plan().refs().checkpoints().length());
            add(refs, prefix + CHECKPOINT + name, checkpoint.tree(), checkpoint.target());
        }
        verify(refs);
        var commands = new StringBuilder();
        for (Ref ref : refs) commands.append("create " + ref.name() + " " + ref.target() + "\n");
        git.run(GitCall.of("update-ref", "--stdin").input(commands.toString()));
        return refs;
    }

    private void tree(List<Ref> refs, String name, Optional<String> tree, Material material, String what) {
        tree.ifPresent(id -> add(refs, name, id, commit(id, List.of(), material, what)));
    }

    private static void add(List<Ref> refs, String name, String tree, String commit) {
        refs.add(new Ref(name, commit, tree, ""));
    }

    private int next(List<Ref> rescued) {
        int last = 0;
        String trash = site.plan().refs().trash();
        for (Ref ref : rescued) {
            Matcher number = NUMBER.matcher(ref.name().substring(trash.length()));
            if (number.matches()) last = Math.max(last, Integer.parseInt(number.group(1)));
        }
        return last + 1;
    }

    private String commit(String tree, List<String> parents, Material material, String what) {
        List<String> command = new ArrayList<>(List.of("commit-tree", tree));
        for (String parent : parents) {
            command.add("-p");
            command.add(parent);
        }
        String message = what + " session '" + site.plan().sessionId() + "', rescued when it was removed\n\n"
                + SESSION_LINE + site.plan().sessionId() + "\n"
                + BRANCH_LINE + site.plan().branch() + "\n"
                + CHANGED_LINE + material.changed() + "\n"
                + material.head().map(head -> HEAD_LINE + head + "\n").orElse("");
        String date = "@" + clock.instant().getEpochSecond() + " +0000";
        return git.run(GitCall.of(command)
                        .config("i18n.commitEncoding", "UTF-8")
                        .with("GIT_AUTHOR_NAME", "trails")
                        .with("GIT_AUTHOR_EMAIL", "trails@localhost")
                        .with("GIT_AUTHOR_DATE", date)
                        .with("GIT_COMMITTER_NAME", "trails")
                        .with("GIT_COMMITTER_EMAIL", "trails@localhost")
                        .with("GIT_COMMITTER_DATE", date)
                        .input(message))
                .text();
    }

    /** Fails unless all objects are there that the commits lead to. */
    private void verify(List<Ref> refs) {
        var commits = new StringBuilder();
        for (Ref ref : refs) commits.append(ref.target()).append('\n');
        commits.append('^').append(site.plan().base()).append('\n');
        git.run(GitCall.of("rev-list", "--objects", "--quiet", "--stdin").input(commits.toString()));
    }
}
