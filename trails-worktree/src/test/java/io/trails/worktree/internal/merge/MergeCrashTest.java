package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.TrailsException;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** git fails, or the host is killed, at one step of a merge. */
class MergeCrashTest {
    private static final MergeRequest MERGE = MergeRequest.builder().build();

    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void repository() throws IOException {
        fixture = MergeFixture.in(directory);
        fixture.main().write("a", "1\n").write("b", "1\n");
        fixture.open();
        fixture.session().write("a", "staged\n").git("add", "a");
        fixture.session().write("a", "theirs\n").write("untracked", "u\n");
        fixture.main().write("b", "ours\n").commit("ours");
    }

    /** A git that does something else when a command is about to run. */
    private Path gitThat(String step, String does) throws IOException {
        Path real = TestRepository.program(fixture.main().environment()).executable();
        Path folder = Files.createDirectories(directory.resolve("bin"));
        Path script = folder.resolve("git");
        Files.writeString(
                script,
                "#!/bin/sh\nfor word; do if [ \"$word\" = " + step + " ]; then " + does + "; fi; done\nexec '" + real
                        + "' \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return folder;
    }

    private GitProgram program(Path folder) {
        var environment = new HashMap<>(fixture.main().environment());
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        return GitProgram.find(environment).orElseThrow();
    }

    /** Whatever happened, the target is where it was or has all of the work, and the session's files are what they were. */
    private void nothingIsLostAndTheNextMergeFinishes(String before) throws IOException {
        String now = fixture.main().git("rev-parse", "main");
        if (now.equals(before))
            assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.session().read("a")).isEqualTo("theirs\n");
        assertThat(fixture.session().read("untracked")).isEqualTo("u\n");
        assertThat(fixture.main().git("fsck", "--no-dangling")).isEmpty();
        assertThat(fixture.merger().merge(MERGE)).isNotInstanceOf(MergeResult.Blocked.class);
        assertThat(fixture.main().read("a")).isEqualTo("theirs\n");
        assertThat(fixture.main().read("untracked")).isEqualTo("u\n");
        assertThat(fixture.main().read("b")).isEqualTo("ours\n");
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.session().git("status", "--porcelain")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge-base", "merge-tree", "worktree", "add", "commit", "commit-tree", "merge"})
    void git_fails_at(String step) throws IOException {
        String before = fixture.main().git("rev-parse", "main");
        var merger = new Merger(fixture.tree(program(gitThat(step, "echo no room >&2; exit 3"))));

        try {
            assertThat(merger.merge(MERGE)).isInstanceOf(MergeResult.Blocked.class);
        } catch (TrailsException failed) {
            assertThat(failed.code()).startsWith("worktree.");
        }

        assertThat(fixture.main().git("rev-parse", "main")).isEqualTo(before);
        nothingIsLostAndTheNextMergeFinishes(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge-tree", "add", "commit", "commit-tree", "merge"})
    void the_host_is_killed_at(String step) throws Exception {
        String before = fixture.main().git("rev-parse", "main");
        kill(gitThat(step, "kill -9 $PPID; exit 1"));
        nothingIsLostAndTheNextMergeFinishes(before);
    }

    @Test
    void the_host_is_killed_when_the_work_is_committed_and_its_index_not_installed() throws Exception {
        String before = fixture.main().git("rev-parse", "main");
        Path real = TestRepository.program(fixture.main().environment()).executable();
        kill(gitThat("commit", "'" + real + "' \"$@\"; kill -9 $PPID; exit 1"));
        assertThat(fixture.session().git("status", "--porcelain")).contains("D  untracked");

        InterruptedCommits.finish(fixture.tree());

        assertThat(fixture.session().git("status", "--porcelain")).isEmpty();
        nothingIsLostAndTheNextMergeFinishes(before);
        try (var left = Files.newDirectoryStream(fixture.tree().repository().gitDirectory(), "trails-index-*")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void an_index_that_was_written_since_stays() throws Exception {
        Path real = TestRepository.program(fixture.main().environment()).executable();
        kill(gitThat("commit", "'" + real + "' \"$@\"; kill -9 $PPID; exit 1"));
        fixture.session().write("b", "staged\n").git("add", "b");
        String before = fixture.session().git("status", "--porcelain");

        InterruptedCommits.finish(fixture.tree());

        assertThat(fixture.session().git("status", "--porcelain")).isEqualTo(before);
    }

    private void kill(Path folder) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName(),
                fixture.main().directory().toString(),
                fixture.session().directory().toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        builder.environment().clear();
        builder.environment().putAll(fixture.main().environment());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process host = builder.start();
        try {
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(host.exitValue())
                    .as(Files.readString(directory.resolve("said")))
                    .isEqualTo(137);
        } finally {
            host.destroyForcibly();
        }
    }

    /** A host of its own. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) throws IOException {
            var main = TestRepository.at(Path.of(arguments[0]), System.getenv());
            var session = TestRepository.at(Path.of(arguments[1]), System.getenv());
            new Merger(MergeFixture.of(main, session).tree()).merge(MERGE);
        }
    }
}
