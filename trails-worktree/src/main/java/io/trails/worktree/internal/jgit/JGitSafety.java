package io.trails.worktree.internal.jgit;

import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;

/**
 * What a repository uses that JGit would misread, or lose work over. It is asked before anything is done, and each time again,
 * because an agent may change the repository.
 */
final class JGitSafety {
    /** JGit opens a repository with any extension; these change nothing that is done here. */
    private static final Set<String> HARMLESS_EXTENSIONS =
            Set.of("noop", "noop-v1", "preciousobjects", "relativeworktrees");

    private static final Set<String> CHECKED_EXTENSIONS =
            Set.of("objectformat", "refstorage", "partialclone", "worktreeconfig", "compatobjectformat");

    private final JGitTree tree;
    private final Repository repository;
    private final List<Reason> refusals = new ArrayList<>();

    private JGitSafety(JGitTree tree) {
        this.tree = tree;
        repository = tree.repository();
    }

    /** Why the tree's repository is left alone; empty if it need not be. */
    static List<Reason> refusals(JGitTree tree) throws IOException {
        var safety = new JGitSafety(tree);
        safety.look();
        return List.copyOf(safety.refusals);
    }

    /** Goes on only where nothing is misread. */
    static void require(JGitTree tree) throws IOException {
        List<Reason> refusals = refusals(tree);
        if (!refusals.isEmpty()) {
            throw GitNeeded.forThat("nothing is done in the repository of " + tree.root() + ", which "
                    + String.join(
                            ", and ", refusals.stream().map(Reason::message).toList()));
        }
    }

    private void look() throws IOException {
        Config config = configuration();
        extensions(config);
        if (config.getBoolean("core", "sparseCheckout", false)) refuse("sparse", "checks out a part of the files only");
        if (config.getString("core", null, "worktree") != null)
            refuse("core-worktree", "has its tree elsewhere, by core.worktree");
        if (config.getString("core", null, "attributesFile") != null) {
            refuse("attributes-file", "has attributes elsewhere, by core.attributesFile");
        }
        for (String remote : config.getSubsections("remote")) {
            if (config.getBoolean("remote", remote, "promisor", false)) refuse("partial", "is a partial clone");
        }
        if (Files.isDirectory(tree.commonDirectory().resolve("reftable")))
            refuse("reftable", "keeps its refs in tables");
        if (!repository.getRefDatabase().getRefsByPrefix("refs/replace/").isEmpty())
            refuse("replaced", "replaces objects, which JGit does not");
        if (!refusals.isEmpty()) return;
        index();
        if (refusals.isEmpty()) new AttributeFiles(tree).refusal().ifPresent(refusals::add);
    }

    /** The repository's own: of the user's configuration JGit reads what matters by itself. */
    private Config configuration() throws IOException {
        Path file = tree.commonDirectory().resolve(Constants.CONFIG);
        var config = new FileBasedConfig(repository.getConfig(), file.toFile(), repository.getFS());
        try {
            config.load();
            return config;
        } catch (ConfigInvalidException e) {
            throw new IOException("its configuration cannot be read", e);
        }
    }

    private void extensions(Config config) throws IOException {
        if (!"sha1".equalsIgnoreCase(value(config, "objectFormat").orElse("sha1")))
            refuse("sha256", "uses another hash than SHA-1");
        if (value(config, "compatObjectFormat").isPresent()) refuse("sha256", "has objects under two names");
        if (!value(config, "refStorage").orElse("files").equals("files"))
            refuse("reftable", "keeps its refs in tables");
        if (value(config, "partialClone").isPresent()) refuse("partial", "is a partial clone");
        if (config.getBoolean("extensions", "worktreeConfig", false) && hasTreeConfiguration())
            refuse("tree-configuration", "has a configuration for each tree");
        for (String name : config.getNames("extensions")) {
            String known = name.toLowerCase(Locale.ROOT);
            if (HARMLESS_EXTENSIONS.contains(known) || CHECKED_EXTENSIONS.contains(known)) continue;
            refuse("unknown-extension", "has the extension '" + name + "', which nobody here knows");
        }
    }

    private static Optional<String> value(Config config, String extension) {
        return Optional.ofNullable(config.getString("extensions", null, extension));
    }

    private boolean hasTreeConfiguration() throws IOException {
        return Files.exists(tree.commonDirectory().resolve("config.worktree"))
                || Files.exists(tree.gitDirectory().resolve("config.worktree"));
    }

    private void index() throws IOException {
        try (var shared = Files.newDirectoryStream(tree.gitDirectory(), "sharedindex.*")) {
            if (shared.iterator().hasNext()) refuse("split-index", "has its index in two files");
        }
        if (!refusals.isEmpty()) return;
        DirCache index;
        try {
            index = DirCache.read(repository);
        } catch (IOException | RuntimeException misread) {
            refuse("index", "has an index that JGit cannot read, such as a sparse one");
            return;
        }
        for (int i = 0; i < index.getEntryCount(); i++) {
            if (index.getEntry(i).isSkipWorkTree()) {
                refuse("sparse", "leaves files of its index out of the tree");
                return;
            }
        }
    }

    private void refuse(String what, String message) {
        refusals.add(Reason.of("worktree.without-git-" + what, message, "Install git 2.31 or newer"));
    }
}
