package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds repositories in a session's tree, and submodules that git keeps with it, that have what no other place has. */
record NestedInspection(Site site, Findings findings) {
    private static final String REMEDY = "Send its work to where it came from, or move it away";
    private static final int DEPTH = 8;

    /** @param places where there may be one, relative to the tree */
    void run(Path tree, Collection<RepoPath> places) throws IOException {
        var found = new LinkedHashMap<Path, NestedRepository>();
        for (NestedRepository module : modules()) found.put(module.gitDirectory(), module);
        for (RepoPath place : places) {
            NestedRepository.at(site.program(), place.text(), BytePath.resolve(tree, place))
                    .ifPresent(nested -> found.put(nested.gitDirectory(), nested));
        }
        for (Map.Entry<Path, NestedRepository> nested : found.entrySet()) judge(nested.getValue());
    }

    /** With or without a tree: their directories go with the worktree's administration. */
    private Iterable<NestedRepository> modules() throws IOException {
        Path modules = site.administration().resolve("modules");
        if (!Site.isDirectory(modules)) return java.util.List.of();
        try (Stream<Path> below = Files.walk(modules, DEPTH)) {
            return below.filter(path ->
                            Files.isRegularFile(path.resolve("HEAD")) && Site.isDirectory(path.resolve("objects")))
                    .map(path -> new NestedRepository(
                            site.program(), modules.relativize(path).toString(), path, Optional.empty()))
                    .toList();
        }
    }

    private void judge(NestedRepository nested) {
        String what = "repository " + nested.name();
        findings.add(
                switch (nested.standing()) {
                    case SAVED -> Finding.goes("repository-removed", what, "Others have all that it has");
                    case UNSENT ->
                        Finding.keeps("repository-unsent", what, "It has commits that it sent nowhere", REMEDY);
                    case WORK ->
                        Finding.keeps("repository-work", what, "It has work of its own, or cannot be read", REMEDY);
                });
    }
}
