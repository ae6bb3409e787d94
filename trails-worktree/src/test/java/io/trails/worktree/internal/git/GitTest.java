package io.trails.worktree.internal.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {
    /** What is ended before it has begun proves nothing: on a busy machine it gets longer. */
    private static final List<Duration> TIMES =
            List.of(Duration.ofSeconds(3), Duration.ofSeconds(9), Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private TestRepository repository;
    private Git git;

    @BeforeEach
    void repository() throws IOException {
        repository = TestRepository.init(folder.resolve("project"));
        git = repository.git();
    }

    /** What stands in for git and does what a test needs. */
    private Git script(String lines) throws IOException {
        Path program = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + lines + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new Git(
                new GitProgram(program, new GitVersion(2, 40, 0), GitEnvironment.of(repository.environment())), folder);
    }

    private static void assertCode(Runnable call, String code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failed -> assertThat(failed.code()).isEqualTo(code));
    }

    @Test
    void an_answer_is_bytes_and_an_exit_code_that_is_accepted_is_no_failure() {
        GitResult answer = git.run(
                GitCall.of("rev-parse", "--verify", "--quiet", "nothing").accepting(0, 1));
        assertThat(answer.ok()).isFalse();
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.lines()).isEmpty();
        assertThat(git.commit("nothing")).isEmpty();
    }

    @Test
    void another_exit_code_is_a_failure_that_names_the_command_and_what_git_said() {
        assertThatThrownBy(() -> git.run("cat-file", "blob", "nothing"))
                .isInstanceOfSatisfying(GitFailedException.class, failed -> {
                    assertThat(failed.code()).isEqualTo("worktree.git-failed");
                    assertThat(failed.exitCode()).isEqualTo(128);
                })
                .hasMessageContaining("git cat-file blob nothing")
                .hasMessageContaining("exit code 128");
    }

    @Test
    void input_and_output_beyond_what_pipes_hold_pass_at_the_same_time() {
        byte[] much = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        String id =
                git.run(GitCall.of("hash-object", "-w", "--stdin").input(much)).text();
        assertThat(git.run("cat-file", "blob", id).bytes()).isEqualTo(much);
        var batch = new StringBuilder();
        for (int i = 0; i < 20_000; i++) batch.append(id).append('\n');
        GitResult answers = git.run(GitCall.of("cat-file", "--batch-check").input(batch.toString()));
        assertThat(answers.lines()).hasSize(20_000);
    }

    @Test
    void an_answer_beyond_its_bound_is_a_failure() {
        String id = git.run(GitCall.of("hash-object", "-w", "--stdin").input("x".repeat(1_000)))
                .text();
        assertCode(() -> git.run(GitCall.of("cat-file", "blob", id).maxOutput(999)), "worktree.git-failed");
    }

    @Test
    void variables_that_lead_to_another_repository_are_not_passed_on() {
        var environment = new HashMap<>(repository.environment());
        for (String name :
                List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")) {
            environment.put(name, folder.resolve("elsewhere").toString());
        }
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "core.bare");
        environment.put("GIT_CONFIG_VALUE_0", "true");
        environment.put("GIT_EXTERNAL_DIFF", "false");
        environment.put("LANGUAGE", "de");
        Git led = new Git(GitProgram.find(environment).orElseThrow(), repository.directory());
        assertThat(led.text("rev-parse", "--show-toplevel"))
                .isEqualTo(repository.directory().toString());
        assertThat(led.text("rev-parse", "--is-bare-repository")).isEqualTo("false");
        assertThat(led.program().environment()).doesNotContainKeys("GIT_EXTERNAL_DIFF", "LANGUAGE", "GIT_DIR");
    }

    @Test
    void reading_takes_no_optional_locks_and_pathspecs_are_literal() throws IOException {
        Git shown = script("echo $GIT_OPTIONAL_LOCKS $GIT_LITERAL_PATHSPECS $GIT_TERMINAL_PROMPT $LC_ALL");
        assertThat(shown.text("x")).isEqualTo("0 1 0 C");
        assertThat(shown.run(GitCall.of("x").locking()).text()).isEqualTo("1 0 C");
    }

    @Test
    void what_does_not_end_in_time_is_ended_with_its_children() throws IOException {
        Git slow = script("sleep 600 & echo $! > " + folder.resolve("child") + "; wait");
        for (Duration time : TIMES) {
            assertCode(() -> slow.run(GitCall.of("x").timeout(time)), "worktree.git-timeout");
            if (hasChild()) break;
        }
        awaitEnd(child());
    }

    private boolean hasChild() throws IOException {
        Path child = folder.resolve("child");
        return Files.exists(child) && Files.readString(child).endsWith("\n");
    }

    private long child() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("child")).strip());
    }

    private static void awaitEnd(long pid) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** Whether the JDK still waits for it or cuts the pipe depends on who is first; both end. */
    @Test
    void a_child_that_keeps_the_pipe_open_does_not_hold_the_answer_up_for_ever() throws IOException {
        Git leaves = script("sleep 600 & echo $! > " + folder.resolve("child") + "; echo done");
        for (Duration time : TIMES) {
            try {
                assertThat(leaves.run(GitCall.of("x").timeout(time)).text()).isEqualTo("done");
            } catch (GitFailedException late) {
                assertThat(late.code()).isEqualTo("worktree.git-timeout");
            }
            if (hasChild()) break;
        }
        ProcessHandle.of(child()).ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(child());
    }

    @Test
    void an_interrupted_caller_ends_the_command_and_keeps_its_flag() throws Exception {
        Git slow = script("echo $$ > " + folder.resolve("own") + "; exec sleep 600");
        var thrown = new AtomicReference<Throwable>();
        var flag = new AtomicReference<Boolean>();
        var caller = new Thread(() -> {
            try {
                slow.run("x");
            } catch (TrailsInterruptedException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("own")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !Files.readString(folder.resolve("own")).isBlank());
        caller.interrupt();
        caller.join(20_000);
        assertThat(thrown.get()).isInstanceOf(TrailsInterruptedException.class);
        assertThat(flag.get()).isTrue();
        awaitEnd(Long.parseLong(Files.readString(folder.resolve("own")).strip()));
    }

    @Test
    void a_stream_is_read_while_it_comes_and_what_is_left_unread_is_skipped() throws IOException {
        Git long_ = script("echo first; head -c 5000000 /dev/zero; exit 3");
        var first = new ArrayList<String>();
        int exitCode = long_.stream(
                GitCall.of("x").accepting(3),
                output -> first.add(new String(output.readNBytes(5), StandardCharsets.US_ASCII)));
        assertThat(first).containsExactly("first");
        assertThat(exitCode).isEqualTo(3);
    }

    @Test
    void a_reader_that_throws_ends_the_command() throws IOException {
        Git endless = script("echo $$ > " + folder.resolve("own") + "; exec cat /dev/zero");
        var failure = new IllegalStateException("enough");
        assertThatThrownBy(() -> endless.stream(GitCall.of("x"), output -> {
                    assertThat(output.read()).isZero();
                    throw failure;
                }))
                .isSameAs(failure);
        awaitEnd(Long.parseLong(Files.readString(folder.resolve("own")).strip()));
    }

    @Test
    void a_stream_that_does_not_end_in_time_is_ended() throws IOException {
        Git silent = script("exec sleep 600");
        assertCode(
                () -> silent.stream(GitCall.of("x").timeout(Duration.ofMillis(300)), output -> output.read()),
                "worktree.git-timeout");
    }

    @Test
    void a_program_that_cannot_be_started_is_named() {
        var gone = new Git(
                new GitProgram(folder.resolve("gone"), new GitVersion(2, 40, 0), repository.environment()), folder);
        assertCode(() -> gone.run("x"), "worktree.git-not-started");
    }

    @Test
    void secrets_of_the_environment_are_in_no_text() {
        var environment = new HashMap<>(repository.environment());
        environment.put("GIT_SSH_COMMAND", "ssh -i secret");
        Git led = new Git(GitProgram.find(environment).orElseThrow(), repository.directory());
        assertThat(led + " " + led.program() + " " + GitCall.of("x").with("TOKEN", "secret"))
                .doesNotContain("secret");
    }
}
