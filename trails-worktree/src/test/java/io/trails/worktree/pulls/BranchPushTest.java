package io.trails.worktree.pulls;

import static io.trails.worktree.pulls.Scene.BRANCH;
import static io.trails.worktree.pulls.Scene.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.fixture.TestRepository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a server for pull requests: what is pushed, and what is not. */
class BranchPushTest {
    private static final PullRequestSpec SPEC = PullRequestSpec.titled("Fix").build();

    @TempDir
    Path scratch;

    private Scene scene;

    @BeforeEach
    void set_up() throws IOException {
        scene = Scene.in(scratch);
    }

    private PullRequestPublisher publisher(String branch) {
        return PullRequestPublisher.of(scene.clone.directory(), branch)
                .withEnvironment(scene.environment())
                .withDiscovery(false);
    }

    private String codeOf(PullRequestPublisher publisher, PullRequestSpec spec) {
        var code = new String[1];
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> publisher.publish(spec))
                .satisfies(failed -> code[0] = failed.code());
        return code[0];
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void what_was_pushed_from_here_may_be_rewritten() {
        publisher(BRANCH).publish(SPEC);
        scene.clone.git("commit", "-q", "--amend", "-m", "fix, better");
        String commit = publisher(BRANCH).publish(SPEC).commit();
        assertThat(scene.remoteBranch()).isEqualTo(commit).isEqualTo(scene.clone.git("rev-parse", BRANCH));
    }

    @Test
    void what_somebody_else_pushed_is_never_overwritten() throws IOException {
        publisher(BRANCH).publish(SPEC);
        String theirs = commitOfSomebodyElse(BRANCH);
        scene.commit("more.txt");
        // Fetched and thus known: git's own lease would let it through.
        scene.clone.git("fetch", "-q", "origin");

        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-push-moved");
        assertThat(scene.remoteBranch()).isEqualTo(theirs);

        scene.clone.git("merge", "-q", "--no-edit", "origin/" + BRANCH);
        assertThat(publisher(BRANCH).publish(SPEC).commit()).isEqualTo(scene.remoteBranch());
    }

    private String commitOfSomebodyElse(String branch) throws IOException {
        TestRepository other =
                TestRepository.at(Files.createDirectories(scratch.resolve("other")), scene.clone.environment());
        other.git("clone", "-q", scene.bare.directory().toString(), ".");
        other.git("checkout", "-q", branch);
        String theirs = other.write("theirs.txt", "theirs\n").commit("theirs");
        other.git("push", "-q", "origin", branch);
        return theirs;
    }

    @Test
    void a_branch_of_that_name_that_never_came_from_here_is_left_alone() {
        scene.bare.git("branch", BRANCH, "main");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-push-moved");
        assertThat(scene.remoteBranch()).isEqualTo(scene.bare.git("rev-parse", "main"));
    }

    @Test
    void a_push_that_a_crash_left_unrecorded_is_taken_up() throws IOException {
        publisher(BRANCH).publish(SPEC);
        scene.clone.git("update-ref", "-d", BranchPush.pushedRef("origin", BRANCH));
        scene.commit("more.txt");
        assertThat(publisher(BRANCH).publish(SPEC).commit()).isEqualTo(scene.remoteBranch());
    }

    /** The remote changes between the look and the push: a hook on the way does it. */
    @Test
    void the_lease_holds_when_the_remote_moves_meanwhile() throws IOException {
        publisher(BRANCH).publish(SPEC);
        scene.clone.git("commit", "-q", "--amend", "-m", "rewritten");
        String theirs = scene.bare.git("rev-parse", "main");
        script(
                scene.clone.path(".git/hooks/pre-push"),
                "unset GIT_DIR; exec git --git-dir='" + scene.bare.directory() + "' update-ref refs/heads/" + BRANCH
                        + " " + theirs + "\n");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-push-moved");
        assertThat(scene.remoteBranch()).isEqualTo(theirs);
    }

    @Test
    void a_server_that_declines_is_quoted() throws IOException {
        script(scene.bare.path("hooks/pre-receive"), "echo 'no pushes on Friday' >&2; exit 1\n");
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> publisher(BRANCH).publish(SPEC))
                .withMessageContaining("pre-receive hook declined")
                .withMessageContaining("no pushes on Friday")
                .satisfies(failed -> assertThat(failed.code()).isEqualTo("worktree.pull-push-rejected"));
    }

    @Test
    void a_hook_may_name_files_by_patterns() throws IOException {
        scene.commit("more.txt");
        script(scene.clone.path(".git/hooks/pre-push"), "test -z \"$(git ls-files '*.txt')\"\n");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-push-rejected");
    }

    @Test
    void a_hook_of_the_users_runs_and_one_in_the_tree_does_not() throws IOException {
        script(scene.clone.path(".git/hooks/pre-push"), "exit 1\n");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-push-rejected");

        script(scene.clone.path(".husky/pre-push"), "touch ran; exit 1\n");
        scene.clone.git("config", "core.hooksPath", ".husky");
        assertThat(publisher(BRANCH).publish(SPEC).notes())
                .extracting(Reason::code)
                .contains("worktree.pull-hook-skipped");
        assertThat(scene.clone.path("ran")).doesNotExist();

        scene.commit("more.txt");
        PullRequestSpec trusting =
                PullRequestSpec.titled("Fix").runHooksInTree(true).build();
        assertThat(codeOf(publisher(BRANCH), trusting)).isEqualTo("worktree.pull-push-rejected");
        assertThat(scene.clone.path("ran")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trails/it's+#1%20&=@", "-", "a,b;c$(true)`x`|y", "trails/refs/heads/main", "x{1}\"!"})
    void names_with_odd_characters_are_pushed_as_they_are(String branch) {
        scene.clone.git("update-ref", "refs/heads/" + branch, "HEAD");
        publisher(branch).publish(SPEC);
        assertThat(scene.bare.git("for-each-ref", "--format=%(refname)", "refs/heads"))
                .isEqualTo(Stream.of("refs/heads/" + branch, "refs/heads/main")
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void nothing_but_the_branch_is_pushed_and_the_users_things_stay() {
        scene.clone.git("tag", "-a", "-m", "mine", "v1");
        scene.clone.git("config", "push.followTags", "true");
        scene.clone.git("branch", "private");
        String before = scene.clone.git("config", "--list", "--local");
        publisher(BRANCH).publish(SPEC);
        assertThat(scene.bare.git("for-each-ref", "--format=%(refname)"))
                .isEqualTo("refs/heads/main\nrefs/heads/" + BRANCH);
        assertThat(scene.clone.git("config", "--list", "--local")).isEqualTo(before);
        assertThat(scene.clone.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void the_remote_is_the_one_that_the_base_follows_then_origin_then_the_only_one() {
        scene.clone.git("config", "branch.main.remote", "mine");
        publisher(BRANCH).publish(PullRequestSpec.titled("Fix").base("main").build());
        assertThat(scene.fork.git("rev-parse", BRANCH)).isEqualTo(scene.clone.git("rev-parse", BRANCH));
        assertThat(scene.remoteBranch()).isEmpty();

        scene.clone.git("config", "branch.main.remote", ".");
        scene.clone.git("remote", "rename", "origin", "one");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-remote");
        scene.clone.git("remote", "remove", "mine");
        publisher(BRANCH).publish(SPEC);
        assertThat(scene.remoteBranch()).isNotEmpty();
        scene.clone.git("remote", "remove", "one");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-remote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "--upload-pack=touch x", "ext::sh -c true", "https://ann:pw@git.example.org/x"})
    void only_names_of_remotes_are_taken(String remote) {
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> publisher(BRANCH)
                        .publish(PullRequestSpec.titled("Fix").remote(remote).build()))
                .withMessageNotContaining("pw@")
                .satisfies(failed -> assertThat(failed.code()).isEqualTo("worktree.pull-remote"));
    }

    @Test
    void a_remote_that_does_not_answer_is_told() {
        scene.clone.git("config", "core.sshCommand", "exit 7 #");
        assertThat(codeOf(publisher(BRANCH), SPEC)).isEqualTo("worktree.pull-remote-unreachable");
    }

    @Test
    void a_branch_that_is_not_there_is_told() {
        assertThat(codeOf(publisher("trails/none"), SPEC)).isEqualTo("worktree.pull-no-branch");
        assertThat(codeOf(publisher("main"), SPEC)).isEqualTo("worktree.pull-no-branch");
        assertThat(codeOf(PullRequestPublisher.of(scratch.resolve("nowhere"), BRANCH), SPEC))
                .isEqualTo("worktree.pull-no-branch");
        assertThat(codeOf(publisher(BRANCH).withEnvironment(Map.of("PATH", "/nowhere")), SPEC))
                .isEqualTo("worktree.git-missing");
    }

    @Test
    void a_linked_worktree_and_a_folder_in_it_are_as_good() throws IOException {
        scene.clone.git("checkout", "-q", "main");
        Path tree = scratch.resolve("tree");
        scene.clone.git("worktree", "add", "-q", tree.toString(), BRANCH);
        Path folder = Files.createDirectories(tree.resolve("src"));
        PullRequestResult result = PullRequestPublisher.of(folder, BRANCH)
                .withEnvironment(scene.environment())
                .publish(SPEC);
        assertThat(scene.remoteBranch()).isEqualTo(result.commit());
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void no_process_gets_the_token_as_an_argument() throws IOException {
        Path log = scratch.resolve("arguments");
        String git = TestRepository.program(scene.environment()).executable().toString();
        script(scratch.resolve("bin/git"), "printf '%s\\n' \"$@\" >>'" + log + "'\nexec '" + git + "' \"$@\"\n");
        script(
                scratch.resolve("bin/helper"),
                "cat >/dev/null; printf '%s\\n' \"$@\" >>'" + log + "'\necho username=x\n");
        Map<String, String> environment = new HashMap<>(scene.environment());
        environment.put("PATH", scratch.resolve("bin") + File.pathSeparator + environment.get("PATH"));
        try (ApiServer api = new ApiServer()) {
            api.on("GET /repos/acme/tool/pulls", 200, "[]")
                    .on("POST /repos/acme/tool/pulls", 201, GitHubPublishingTest.pull(1, "acme/tool", BRANCH));
            PullRequestPublisher publisher = scene.publisher(Scene.gitHub(api)).withEnvironment(environment);
            PullRequestResult result = publisher.publish(SPEC);
            assertThat(result).isInstanceOf(PullRequestResult.Opened.class);
            assertThat(publisher + " " + result + " " + AccessToken.of(TOKEN)).doesNotContain(TOKEN);
            assertThat(api.asked())
                    .allSatisfy(asked -> assertThat(asked.query() + asked.call() + asked.body())
                            .doesNotContain(TOKEN));
        }
        assertThat(log)
                .content()
                .contains("push", "--force-with-lease=refs/heads/" + BRANCH + ":")
                .doesNotContain(TOKEN);
        assertThat(scene.clone.path(".git/config")).content().doesNotContain(TOKEN);
    }
}
