package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.AgentProfile;
import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.Composition;
import io.trails.ContainerRecipe;
import io.trails.DiffRequest;
import io.trails.DirtyPolicy;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Container mode over a git repository is what worktree mode is, in a container. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerModeTest extends ContainerBench {
    private static final AgentProfile AGENT = AgentProfile.named(
                    "demo",
                    "sh",
                    "-c",
                    "echo ready in $(pwd); while read l; do echo \"$l\" >> said.txt; echo got $l; done")
            .prompt("^(ready|got )")
            .quiet(Duration.ofMillis(50))
            .build();

    @BeforeEach
    void hideTmux() {
        project = new GitProject(
                project.directory(), ContainerProject.withoutTmux(project.environment(), folder.resolve("bin")));
    }

    @Test
    void a_session_lives_in_a_container_until_its_work_is_merged() throws Exception {
        Map<String, String> before = project.users("main");
        SessionSpec spec = ContainerProject.spec("work").agent(AGENT).build();
        try (Trails trails = trails()) {
            assertThat(trails.advise(spec).best().orElseThrow().mode().name()).isEqualTo("container");
            assertThat(trails.advise(spec).explain()).contains("container", "Dagger Engine");
            Session session = trails.open(spec);
            isInAContainer(session);
            programsRun(session);
            isSeenByAnotherHost();
            isReviewed(session);
            isMerged(session);
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
            assertThat(trails.audit().verify().intact()).isTrue();
        }
        assertThat(events)
                .extracting(TrailsEvent::type)
                .contains(
                        TrailsEvent.Type.SESSION_OPENED,
                        TrailsEvent.Type.SESSION_CHECKPOINTED,
                        TrailsEvent.Type.SESSION_RESTORED,
                        TrailsEvent.Type.SESSION_MERGED,
                        TrailsEvent.Type.SESSION_REMOVED)
                .doesNotContain(TrailsEvent.Type.MODE_FALLBACK);
        assertThat(engine.traffic().refused()).isEmpty();
        assertThat(project.users("main")).isEqualTo(before);
        assertThat(project.worktrees()).hasSize(1);
        assertThat(project.refs("refs/heads/trails/")).isEmpty();
        project.checkIntegrity();
    }

    @Test
    void what_a_removal_kept_is_used_on() throws Exception {
        try (Trails trails = trails()) {
            Session session = trails.open(
                    ContainerProject.spec("kept").dirty(DirtyPolicy.IGNORE).build());
            sh(session, "echo mine > kept.txt");
            RemovalReport kept = session.remove(RemovalPolicy.safe());
            assertThat(kept.complete()).isFalse();
            assertThat(sh(session, "cat kept.txt; echo more > more.txt")).isEqualTo("mine\n");
            assertThat(changed(session)).containsExactly("kept.txt", "more.txt");
            assertThat(trails.find("kept").map(found -> sh(found, "cat more.txt")))
                    .contains("more\n");
            assertThat(session.merge(MergeRequest.into("main"))).isInstanceOf(MergeResult.Merged.class);
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
    }

    @Test
    void what_a_program_writes_while_a_session_goes_back_is_no_part_of_what_it_was() throws Exception {
        try (Trails trails = trails()) {
            Session session = trails.open(
                    ContainerProject.spec("back").dirty(DirtyPolicy.IGNORE).build());
            Checkpoint clean = session.checkpoint("clean");
            try (Execution program = session.start(
                    Command.of(
                            "sh",
                            "-c",
                            "i=0; while :; do i=$((i + 1)); echo $i > counted.txt; echo $i > counted-$i.txt; sleep 0.02; done"))) {
                await().atMost(LIMIT)
                        .until(() -> session.exec(Command.of("test", "-e", "counted-3.txt"))
                                .ok());
                Checkpoint before = session.restore(clean);
                assertThat(program.onExit()
                                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                                .ok())
                        .isFalse();
                assertThat(changed(session)).isEmpty();
                assertThat(sh(session, "ls counted*.txt 2>/dev/null || echo none"))
                        .isEqualTo("none\n");
                session.restore(before);
                assertThat(changed(session)).contains("counted.txt", "counted-3.txt");
            }
        }
    }

    private void isInAContainer(Session session) {
        assertThat(session.info().mode()).isEqualTo("container");
        Composition composition = session.info().composition().orElseThrow();
        assertThat(List.of(composition.workspace(), composition.sandbox(), composition.terminal()))
                .containsExactly("worktree", "dagger", "headless");
        assertThat(session.info().directory()).contains(project.trees().resolve("work"));
        assertThat(sh(session, "pwd; id -u")).isEqualTo("/workspace\n1000\n");
        // What the user had not committed came along, and git's own files did not.
        assertThat(sh(session, "cat staged.txt untracked.txt; ls -d .git 2>/dev/null || echo none"))
                .isEqualTo("staged\nuntracked\nnone\n");
        assertThat(sh(session, "ls " + project.directory() + " 2>/dev/null || echo unseen"))
                .isEqualTo("unseen\n");
        assertThat(session.changes().isEmpty()).isTrue();
    }

    private void programsRun(Session session) throws Exception {
        Path tree = project.trees().resolve("work");
        String script = "read l; echo got $l; echo bad >&2; echo live > live.txt; sh -c 'exit 3'";
        try (Execution program = session.start(Command.of("sh", "-c", script))) {
            program.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
            program.stdin().flush();
            var out = new BufferedReader(new InputStreamReader(program.stdout(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo("got hello");
            assertThat(program.stderr().readAllBytes()).asString().isEqualTo("bad\n");
            ExecResult result = program.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(result.exitCode()).isEqualTo(3);
        }
        await().atMost(LIMIT).until(() -> Files.exists(tree.resolve("live.txt")));
        session.terminal().type("pwd; echo en''d\n");
        session.terminal().await(screen -> screen.contains("end") && screen.contains("/workspace"), LIMIT);
        session.agent().terminal().await(screen -> screen.contains("ready in /workspace"), LIMIT);
        session.agent().submit("hello");
        session.agent().terminal().await(screen -> screen.contains("got hello"), LIMIT);
        assertThat(sh(session, "cat said.txt")).isEqualTo("hello\n");
        assertThat(changed(session)).containsExactly("live.txt", "said.txt");
    }

    private void isSeenByAnotherHost() {
        try (Trails other = project.trails()) {
            Session session = other.find("work").orElseThrow();
            assertThat(changed(session)).containsExactly("live.txt", "said.txt");
            assertThat(sh(session, "echo x > other.txt; cat said.txt")).isEqualTo("hello\n");
            assertThat(changed(session)).containsExactly("live.txt", "other.txt", "said.txt");
        }
    }

    private static void isReviewed(Session session) {
        session.stop();
        List<String> lines = new ArrayList<>();
        session.diff(DiffRequest.all(), file -> {
            for (FileDiff.Hunk hunk : file.hunks()) {
                for (FileDiff.Line line : hunk.lines()) lines.add(line.kind() + " " + line.text());
            }
        });
        assertThat(lines).containsExactly("ADDED live", "ADDED x", "ADDED hello");
        Checkpoint checkpoint = session.checkpoint("reviewed");
        sh(session, "rm said.txt; echo later > later.txt");
        assertThat(changed(session)).containsExactly("later.txt", "live.txt", "other.txt");
        session.restore(checkpoint);
        assertThat(changed(session)).containsExactly("live.txt", "other.txt", "said.txt");
        assertThat(sh(session, "cat said.txt; ls later.txt 2>/dev/null || echo none"))
                .isEqualTo("hello\nnone\n");
    }

    private void isMerged(Session session) {
        // The work that came along from the project is in its way there.
        assertThat(session.preview(MergeRequest.into("main")).outcome()).isEqualTo(MergePreview.Outcome.BLOCKED);
        sh(session, "rm staged.txt untracked.txt");
        MergePreview preview = session.preview(MergeRequest.into("main"));
        assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CLEAN);
        assertThat(session.merge(
                        MergeRequest.builder().target("main").expecting(preview).build()))
                .isInstanceOf(MergeResult.Merged.class);
        assertThat(project.directory().resolve("said.txt")).hasContent("hello");
        assertThat(project.directory().resolve("other.txt")).hasContent("x");
    }

    @Test
    void a_fork_has_the_files_and_the_system_of_a_checkpoint() throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(ContainerProject.clean("work"));
            sh(session, "echo one > one.txt; echo system > ~/note");
            Checkpoint checkpoint = session.checkpoint("point");
            sh(session, "echo two > one.txt; echo changed > ~/note");
            Session fork =
                    trails.open(ContainerProject.spec("fork").forkOf(checkpoint).build());
            assertThat(sh(fork, "cat one.txt ~/note")).isEqualTo("one\nsystem\n");
            sh(fork, "echo fork > fork.txt");
            assertThat(sh(session, "cat one.txt ~/note; ls fork.txt 2>/dev/null || echo none"))
                    .isEqualTo("two\nchanged\nnone\n");
            session.restore(checkpoint);
            assertThat(sh(session, "cat one.txt ~/note")).isEqualTo("one\nsystem\n");
        }
    }

    @Test
    void what_the_user_edits_meanwhile_is_seen_and_never_overwritten() throws Exception {
        ContainerRecipe recipe = ContainerRecipe.builder()
                .image("debian:12")
                .cache("/signal", "of-two-sessions")
                .build();
        try (Trails trails = trails()) {
            Session session = trails.open(ContainerProject.spec("work")
                    .dirty(DirtyPolicy.IGNORE)
                    .container(recipe)
                    .build());
            Session other = trails.open(ContainerProject.spec("other")
                    .dirty(DirtyPolicy.IGNORE)
                    .container(recipe)
                    .build());
            Path tree = session.info().directory().orElseThrow();
            Files.writeString(tree.resolve("by-user.txt"), "user\n");
            assertThat(sh(session, "cat by-user.txt")).isEqualTo("user\n");
            var agent = CompletableFuture.supplyAsync(
                    () -> sh(session, "until [ -e /signal/go ]; do sleep 0.05; done; echo agent > README.md"));
            await().atMost(LIMIT).until(() -> engine.traffic().running() > 0);
            Files.writeString(tree.resolve("README.md"), "the user's\n");
            sh(other, "touch /signal/go");
            agent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(tree.resolve("README.md")).hasContent("the user's");
            assertThat(session.bringBack().conflicts()).singleElement().satisfies(conflict -> {
                assertThat(conflict.path()).isEqualTo("README.md");
                assertThat(conflict.kept().orElseThrow()).hasContent("agent");
            });
            assertThat(session.merge(MergeRequest.into("main"))).isInstanceOf(MergeResult.Blocked.class);
            assertThat(tree.resolve("README.md")).hasContent("the user's");
        }
    }

    @Test
    void an_export_has_the_files_and_an_image_the_system() throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(ContainerProject.clean("work"));
            sh(session, "mkdir deep; echo deep > deep/file; ln -s deep/file link; chmod +x README.md");
            Path out = folder.resolve("out");
            session.export(out);
            assertThat(out.resolve("deep/file")).hasContent("deep");
            assertThat(Files.readSymbolicLink(out.resolve("link"))).isEqualTo(Path.of("deep/file"));
            assertThat(out.resolve("README.md")).isExecutable();
            assertThat(out.resolve(".git")).doesNotExist();
            Path archive = folder.resolve("image.tar");
            session.exportImage(archive);
            assertThat(archive).isNotEmptyFile();
        }
    }
}
