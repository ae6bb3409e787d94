package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps files byte for byte that git holds otherwise: with other line ends, as pointers, in another encoding. */
final class ExactFiles {
    private static final int SHA1_DIGITS = 40;
    private static final String ATTRIBUTES = ".gitattributes";

    private final Site site;
    private final TreeGit git;

    ExactFiles(Site site, TreeGit git) {
        this.site = site;
        this.git = git;
    }

    /** The tree of those among the touched whose bytes are not what the captured tree has; nothing if there are none. */
    Optional<String> write(Path tree, List<RepoPath> touched, String captured, Optional<String> before)
            throws IOException {
        // With other attributes, files come out of the repository otherwise that nobody touched.
        boolean all = touched.stream().anyMatch(path -> path.text().endsWith(ATTRIBUTES));
        Map<RepoPath, String> blobs = blobs(captured, all ? Optional.empty() : before);
        var altered = new TreeMap<RepoPath, Path>();
        for (RepoPath path : all ? blobs.keySet() : touched) {
            String blob = blobs.get(path);
            if (blob == null) continue;
            Path file = BytePath.resolve(tree, path);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) continue;
            if (all || !hash(file, blob.length()).equals(blob)) altered.put(path, file);
        }
        return altered.isEmpty() ? Optional.empty() : Optional.of(RawTree.write(git, site.own(), altered));
    }

    /** What the trees' difference has on its new side. */
    private Map<RepoPath, String> blobs(String captured, Optional<String> before) {
        GitCall call = before.isPresent()
                ? GitCall.of("diff-tree", "-r", "-z", "--no-renames", "--raw", before.get(), captured)
                : GitCall.of("ls-tree", "-r", "-z", captured);
        List<RepoPath> fields = git.run(call).fields();
        var blobs = new HashMap<RepoPath, String>();
        if (before.isPresent()) {
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                blobs.put(fields.get(i + 1), fields.get(i).text().split(" ")[3]);
            }
            return blobs;
        }
        for (RepoPath field : fields) {
            // What comes before the tab is ASCII.
            int tab = field.text().indexOf('\t');
            blobs.put(field.from(tab + 1), field.text().substring(0, tab).split(" ")[2]);
        }
        return blobs;
    }

    private static String hash(Path file, int digits) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(digits == SHA1_DIGITS ? "SHA-1" : "SHA-256");
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
