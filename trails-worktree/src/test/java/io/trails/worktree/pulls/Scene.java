package io.trails.worktree.pulls;

import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.pull.RestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A clone of a bare repository with a branch to publish. The remotes' URLs are a server's; an ssh command of the
 * test's own leads git to folders instead.
 */
final class Scene {
    static final String BRANCH = "trails/fix-login";
    static final String TOKEN = "ghp_S3cretTokenOfThisTest";

    final TestRepository clone;
    final TestRepository bare;
    final TestRepository fork;

    private Scene(TestRepository clone, TestRepository bare, TestRepository fork) {
        this.clone = clone;
        this.bare = bare;
        this.fork = fork;
    }

    static Scene in(Path scratch) throws IOException {
        return in(scratch, "git.example.org");
    }

    static Scene in(Path scratch, String host) throws IOException {
        Path home = Files.createDirectories(scratch.resolve("home"));
        TestRepository clone = TestRepository.init(scratch.resolve("clone"), home);
        TestRepository bare = bare(scratch.resolve("server"), home);
        TestRepository fork = bare(scratch.resolve("forks"), home);
        clone.write("README.md", "hello\n").commit("start");
        clone.git("remote", "add", "origin", bare.directory().toString());
        clone.git("push", "-q", "origin", "main");
        clone.git("fetch", "-q", "origin");
        // What git reads of the remote says which server it is; what it talks to is the folder beside it.
        Files.writeString(scratch.resolve("ssh"), """
                #!/bin/sh
                for last; do :; done
                case "$last" in
                  *acme/tool*) exec ${last%% *} '%s' ;;
                  *) exec ${last%% *} '%s' ;;
                esac
                """.formatted(bare.directory(), fork.directory()));
        Files.setPosixFilePermissions(scratch.resolve("ssh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        clone.git("remote", "set-url", "origin", "git@" + host + ":acme/tool.git");
        clone.git("remote", "add", "mine", "git@" + host + ":ann/tool.git");
        clone.git("config", "core.sshCommand", scratch.resolve("ssh").toString());
        clone.git("checkout", "-q", "-b", BRANCH);
        clone.write("login.txt", "fixed\n").commit("fix");
        return new Scene(clone, bare, fork);
    }

    private static TestRepository bare(Path directory, Path home) throws IOException {
        Files.createDirectories(directory);
        TestRepository bare = TestRepository.at(directory, TestRepository.environment(home));
        bare.git("init", "-q", "--bare", "-b", "main");
        return bare;
    }

    String commit(String file) throws IOException {
        return clone.write(file, file + "\n").commit(file);
    }

    String remoteBranch() {
        return bare.tryGit("rev-parse", "--verify", "--quiet", "refs/heads/" + BRANCH)
                .text();
    }

    /** The environment of the clone with a token for GitHub Enterprise and for GitLab, and with no helper of the machine's. */
    Map<String, String> environment() {
        var environment = new HashMap<>(clone.environment());
        environment.keySet().removeIf(name -> name.endsWith("_TOKEN") || name.equals("GH_HOST"));
        environment.put("GH_ENTERPRISE_TOKEN", TOKEN);
        environment.put("GITLAB_TOKEN", TOKEN);
        return environment;
    }

    PullRequestPublisher publisher(PullRequests server) {
        return PullRequestPublisher.of(clone.directory(), BRANCH)
                .withEnvironment(environment())
                .withDiscovery(false)
                .withServer(server);
    }

    static GitHub gitHub(ApiServer api) {
        return new GitHub(new Api("git.example.org", api.base(), List.of("GH_ENTERPRISE_TOKEN"), limits()));
    }

    static GitLab gitLab(ApiServer api) {
        return new GitLab(new Api("git.example.org", api.base(), List.of("GITLAB_TOKEN"), limits()));
    }

    static RestLimits limits() {
        return new RestLimits(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO, 64 << 10);
    }

    static GitHub hasty(ApiServer api) {
        RestLimits hasty = limits().timeout(Duration.ofMillis(300));
        return new GitHub(new Api("git.example.org", api.base(), List.of("GH_ENTERPRISE_TOKEN"), hasty));
    }
}
