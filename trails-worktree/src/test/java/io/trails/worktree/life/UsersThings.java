package io.trails.worktree.life;

import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What of a repository is nobody's but the user's. */
record UsersThings(String configuration, List<String> branches, String stash, List<String> hooks) {
    static UsersThings of(TestRepository repository) {
        try {
            Path common = repository.path(".git");
            List<String> branches = repository
                    .git("for-each-ref", "--format=%(refname)", "refs/heads")
                    .lines()
                    .filter(ref -> !ref.startsWith("refs/heads/trails/"))
                    .toList();
            String stash = repository.git("stash", "list", "--format=%H %gd") + repository.git("rev-parse", "other");
            try (var hooks = Files.list(common.resolve("hooks"))) {
                List<String> names = hooks.map(Path::toString).sorted().toList();
                return new UsersThings(Files.readString(common.resolve("config")), branches, stash, names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
