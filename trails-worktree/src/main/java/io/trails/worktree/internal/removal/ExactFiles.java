package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps files byte for byte that git holds otherwise: with other line ends, as pointers, in another encoding. */
final class ExactFiles {
    private static final String ATTRIBUTES = ".gitattributes";

    private final Site site;
    private final TreeGit git;
    private final CapturedFiles written;

    ExactFiles(Site site, TreeGit git, CapturedFiles written) {
        this.site = site;
        this.git = git;
        this.written = written;
    }

    /** The tree of those among the touched whose bytes are not what the captured tree has; nothing if there are none. */
    Optional<String> write(Path tree, List<RepoPath> touched, String captured, Optional<String> before)
            throws IOException {
        // With other attributes, files come out of the repository otherwise that nobody touched.
        boolean all = touched.stream().anyMatch(path -> path.text().endsWith(ATTRIBUTES));
        Map<RepoPath, FileBlob> blobs = blobs(captured, all ? Optional.empty() : before);
        var altered = new TreeMap<RepoPath, Path>();
        for (RepoPath path : all ? blobs.keySet() : touched) {
            FileBlob blob = blobs.get(path);
            if (blob == null) continue;
            Path file = BytePath.resolve(tree, path);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) continue;
            if (all || !blob.isOf(file)) altered.put(path, file);
        }
        if (altered.isEmpty()) written.remember(touched, captured, blobs);
        return altered.isEmpty() ? Optional.empty() : Optional.of(RawTree.write(git, site.own(), altered));
    }

    /** What the trees' difference has on its new side. */
    private Map<RepoPath, FileBlob> blobs(String captured, Optional<String> before) {
        GitCall call = before.isPresent()
                ? GitCall.of("diff-tree", "-r", "-z", "--no-renames", "--raw", before.get(), captured)
                : GitCall.of("ls-tree", "-r", "-z", captured);
        List<RepoPath> fields = git.run(call).fields();
        var blobs = new HashMap<RepoPath, FileBlob>();
        if (before.isPresent()) {
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                String[] words = fields.get(i).text().split(" ", -1);
                blobs.put(fields.get(i + 1), new FileBlob(words[1], words[3]));
            }
            return blobs;
        }
        for (RepoPath field : fields) {
            // What comes before the tab is ASCII.
            int tab = field.text().indexOf('\t');
            String[] words = field.text().substring(0, tab).split(" ", -1);
            blobs.put(field.from(tab + 1), new FileBlob(words[0], words[2]));
        }
        return blobs;
    }
}
