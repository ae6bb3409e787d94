package io.trails.worktree.internal.repo;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A repository and what is special about it. Immutable.
 *
 * @param traits what is special
 * @param head the commit that is checked out; empty before the first one
 * @param configuration of the repository itself, by lower-case key; the last of several values
 */
public record RepositoryFacts(
        Repository repository, Set<Trait> traits, Optional<String> head, Map<String, String> configuration) {
    private static final String EXTENSIONS = "extensions.";
    private static final Set<String> KNOWN_EXTENSIONS = Set.of(
            "objectformat",
            "compatobjectformat",
            "partialclone",
            "preciousobjects",
            "refstorage",
            "worktreeconfig",
            "relativeworktrees",
            "noop",
            "noop-v1");

    public RepositoryFacts {
        traits = Set.copyOf(traits);
        configuration = Collections.unmodifiableMap(new HashMap<>(configuration));
    }

    /** Looks, and writes nothing. */
    public static RepositoryFacts of(Git git, Repository repository) {
        Map<String, String> configuration = configuration(git);
        return new RepositoryFacts(
                repository, traits(git, repository, configuration), git.commit("HEAD"), configuration);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    private static Map<String, String> configuration(Git git) {
        GitResult list = git.run(GitCall.of("config", "--local", "--list", "-z").accepting(0, 1));
        return parse(list.fields());
    }

    /** Each is a key, a line feed and a value; without a value it means true. */
    static Map<String, String> parse(List<RepoPath> entries) {
        var configuration = new HashMap<String, String>();
        for (RepoPath entry : entries) {
            String text = entry.text();
            int end = text.indexOf('\n');
            String key = end < 0 ? text : text.substring(0, end);
            configuration.put(key.toLowerCase(Locale.ROOT), end < 0 ? "true" : text.substring(end + 1));
        }
        return configuration;
    }

    private static Set<Trait> traits(Git git, Repository repository, Map<String, String> configuration) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        place(repository, traits);
        if (repository.shallow()) traits.add(Trait.SHALLOW);
        if (!repository.objectFormat().equals("sha1")) traits.add(Trait.SHA256);
        if (configuration.getOrDefault("extensions.refstorage", "files").startsWith("reftable"))
            traits.add(Trait.REFTABLE);
        if (isTrue(configuration.get("extensions.worktreeconfig"))) traits.add(Trait.TREE_CONFIGURATION);
        for (String key : configuration.keySet()) {
            boolean promisor = key.startsWith("remote.") && key.endsWith(".promisor");
            if (promisor || key.equals("extensions.partialclone")) traits.add(Trait.PARTIAL);
        }
        if (unknownExtension(configuration).isPresent()) traits.add(Trait.UNKNOWN_EXTENSION);
        if (isSparse(git, configuration)) traits.add(Trait.SPARSE);
        if (Files.isDirectory(repository.commonDirectory().resolve("lfs"))) traits.add(Trait.LARGE_FILES);
        if (hasSharedIndex(repository)) traits.add(Trait.SPLIT_INDEX);
        return traits;
    }

    /** The name of an extension that nobody here knows; git ignores them in repositories of format 0. */
    static Optional<String> unknownExtension(Map<String, String> configuration) {
        if (configuration.getOrDefault("core.repositoryformatversion", "0").equals("0")) return Optional.empty();
        return configuration.keySet().stream()
                .filter(key -> key.startsWith(EXTENSIONS))
                .map(key -> key.substring(EXTENSIONS.length()))
                .filter(name -> !KNOWN_EXTENSIONS.contains(name))
                .sorted()
                .findFirst();
    }

    private static void place(Repository repository, Set<Trait> traits) {
        if (repository.isBare()) {
            traits.add(Trait.BARE);
            return;
        }
        if (repository.isLinked()) traits.add(Trait.LINKED);
        if (!repository.prefix().isEmpty()) traits.add(Trait.SUBDIRECTORY);
        Path usual = repository.topLevel().orElseThrow().resolve(".git");
        if (repository.isLinked() || Files.isDirectory(usual)) return;
        boolean module = repository.commonDirectory().toString().contains("/modules/")
                && Files.exists(repository.commonDirectory().resolve("config"));
        traits.add(module ? Trait.SUBMODULE : Trait.SEPARATE_GIT_DIRECTORY);
    }

    /** A tree's own configuration is asked for only where there is one. */
    private static boolean isSparse(Git git, Map<String, String> configuration) {
        String shared = configuration.get("core.sparsecheckout");
        if (!isTrue(configuration.get("extensions.worktreeconfig"))) return isTrue(shared);
        GitResult own =
                git.run(GitCall.of("config", "--bool", "core.sparseCheckout").accepting(0, 1));
        return own.ok() && own.text().equals("true");
    }

    private static boolean hasSharedIndex(Repository repository) {
        try (var files = Files.newDirectoryStream(repository.gitDirectory(), "sharedindex.*")) {
            return files.iterator().hasNext();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isTrue(@Nullable String value) {
        if (value == null) return false;
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            default -> false;
        };
    }
}
