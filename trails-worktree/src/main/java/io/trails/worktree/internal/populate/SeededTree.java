package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Fills an empty tree with copies of another tree's files. What it copies has the bytes of the commit's blobs, and is what git
 * would have written, since no attribute and no setting has git write other bytes; everything else is git's to write.
 *
 * @param content the id of the commit's tree, if it is known
 */
record SeededTree(Git tree, GitDirectory directory, Path source, String commit, Optional<String> content) {
    /**
     * Writes an index of what it copied.
     *
     * @return whether that is the whole commit
     * @throws IOException if the source is no good; nothing is copied then
     */
    boolean fill() throws IOException, ExecutionException {
        ObjectHash hash = ObjectHash.of(commit).orElseThrow(() -> new IOException("The object format is not known"));
        SourceIndex index = SourceIndex.read(GitDirectory.of(source).index(), hash);
        TreeConfiguration configuration = TreeConfiguration.of(tree);
        if (configuration.changesLineEnds()) throw new IOException("Line ends are configured");
        if (!configuration.hash().equals(Optional.of(hash))) throw new IOException("The object format is not known");
        try (var threads = new CopyThreads(Checkout.workers())) {
            SourceDifference difference = difference(index, threads);
            if (!index.isCurrent()) throw new IOException("The source's index is being written");
            List<IndexEntry> same = same(index, difference);
            List<IndexEntry> wanted = wanted(same, rules(same, difference, configuration, hash), configuration);
            List<IndexEntry> seeded = new Seeding(threads, hash, source, tree.directory()).copy(wanted);
            boolean complete = difference.paths().isEmpty()
                    && seeded.size() == index.entries().size()
                    && !configuration.isSparse();
            if (!seeded.isEmpty() || complete) {
                IndexFile.write(directory.index(), hash, seeded, complete ? index.trees() : Optional.empty());
            }
            return complete;
        }
    }

    private SourceDifference difference(SourceIndex index, CopyThreads threads) throws ExecutionException {
        if (content.filter(index::isOf).isPresent()) return SourceDifference.none();
        return threads.await(threads.start(() -> SourceDifference.find(tree.in(source), commit)));
    }

    private static List<IndexEntry> same(SourceIndex index, SourceDifference difference) {
        if (difference.paths().isEmpty()) return index.entries();
        var same = new ArrayList<IndexEntry>();
        for (IndexEntry entry : index.entries()) {
            if (!difference.paths().contains(entry.repoPath())) same.add(entry);
        }
        return same;
    }

    private SmudgeRules rules(
            List<IndexEntry> same, SourceDifference difference, TreeConfiguration configuration, ObjectHash hash)
            throws IOException {
        var files = new AttributeFiles(tree, directory.common(), configuration);
        files.addShared();
        for (IndexEntry entry : same) {
            if (AttributeFiles.isOne(entry)) files.add(entry, source, hash);
        }
        for (Map.Entry<RepoPath, String> file : difference.attributes().entrySet()) {
            files.addBlob(file.getKey(), file.getValue());
        }
        return files.rules();
    }

    private static List<IndexEntry> wanted(List<IndexEntry> same, SmudgeRules rules, TreeConfiguration configuration) {
        boolean links = configuration.isOn("core.symlinks", true);
        var wanted = new ArrayList<IndexEntry>(same.size());
        for (IndexEntry entry : same) {
            boolean kind = entry.isFile() || (links && entry.mode() == IndexEntry.LINK);
            if (!entry.ordinary() || !kind) continue;
            if (entry.isFile() && rules.mayRewrite(new String(entry.path(), StandardCharsets.ISO_8859_1))) continue;
            wanted.add(entry);
        }
        return wanted;
    }
}
