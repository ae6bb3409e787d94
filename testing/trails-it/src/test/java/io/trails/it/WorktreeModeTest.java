package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.AgentProfile;
import io.trails.AuditRecord;
import io.trails.Change;
import io.trails.Checkpoint;
import io.trails.Composition;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.ModeAdvice;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionCapability;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worktree mode is what a session gets in a repository, from its opening to its removal. */
@EnabledOnOs(OS.LINUX)
class WorktreeModeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AgentProfile AGENT = AgentProfile.named(
                    "demo",
                    "sh",
                    "-c",
                    "echo ready in $(pwd); while read l; do echo \"$l\" >> said.txt; echo got $l; done")
            .prompt("^(ready|got )")
            .quiet(Duration.ofMillis(50))
            .build();

    @TempDir
    private Path folder;

    private GitProject project;

    @BeforeEach
    void create() throws IOException {
        project = GitProject.inUse(folder.resolve("project"));
    }

    /** A test that failed must not leave programs behind. */
    @AfterEach
    void removeSessions() {
        try (Trails trails = project.trails()) {
            trails.find("work")
                    .ifPresent(session ->
                            session.remove(RemovalPolicy.safe().rescuing().endingProcesses()));
        }
    }

    private static SessionSpec spec() {
        return SessionSpec.named("work").agent(AGENT).build();
    }

    /** A PATH with what a shell needs and these. */
    private Map<String, String> with(String... programs) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        List<String> names = new ArrayList<>(List.of("sh", "cat", "rm", "sleep", "stty", "prlimit", "pwd"));
        names.addAll(List.of(programs));
        for (String name : names) {
            Path program = Path.of("/usr/bin", name);
            if (Files.exists(program)) Files.createSymbolicLink(bin.resolve(name), program);
        }
        var environment = new HashMap<>(project.environment());
        environment.put("PATH", bin.toString());
        return environment;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmux", "headless"})
    void a_session_lives_in_a_worktree_until_its_work_is_merged(String terminals) throws IOException {
        if (terminals.equals("tmux")) TmuxTraces.needTmux();
        var environment = terminals.equals("tmux") ? project.environment() : with("git");
        Map<String, String> before = project.users("main");
        List<TrailsEvent.Type> events = Collections.synchronizedList(new ArrayList<>());
        try (Trails trails =
                Trails.builder(project.directory()).environment(environment).build()) {
            trails.onEvent(event -> events.add(event.type()));
            Session session = trails.open(spec());
            isAWorktree(session, terminals);
            works(session);
            isSeenByAnotherHost();
            isReviewed(session);
            isMerged(session);
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).kept())
                    .isEmpty();
            assertThat(trails.audit().verify().intact()).isTrue();
            isOnRecord(trails);
        }
        assertThat(events)
                .contains(
                        TrailsEvent.Type.SESSION_OPENED,
                        TrailsEvent.Type.SESSION_CHECKPOINTED,
                        TrailsEvent.Type.SESSION_RESTORED,
                        TrailsEvent.Type.SESSION_MERGED,
                        TrailsEvent.Type.SESSION_REMOVED);
        assertThat(project.users("main")).isEqualTo(before);
        assertThat(project.worktrees()).hasSize(1);
        assertThat(project.refs("refs/heads/trails/")).isEmpty();
        project.checkIntegrity();
    }

    private void isAWorktree(Session session, String terminals) {
        assertThat(session.info().mode()).isEqualTo("worktree");
        Composition composition = session.info().composition().orElseThrow();
        assertThat(composition.workspace()).isEqualTo("worktree");
        assertThat(composition.terminal()).isEqualTo(terminals);
        assertThat(session.info().branch()).contains("trails/work");
        assertThat(session.info().directory()).contains(project.trees().resolve("work"));
        assertThat(session.capabilities())
                .contains(SessionCapability.DIFF, SessionCapability.CHECKPOINTS, SessionCapability.MERGE);
    }

    private void works(Session session) {
        String tree = project.trees().resolve("work").toString();
        assertThat(session.exec("pwd").stdout().text()).isEqualTo(tree + "\n");
        assertThat(session.terminal().run("pwd", LIMIT).orThrow().stdout().text())
                .isEqualTo(tree + "\n");
        session.agent()
                .terminal()
                .await(screen -> screen.text().replace("\n", "").contains(tree), LIMIT);
        // What the user had not committed came along.
        assertThat(session.exec("cat", "staged.txt", "untracked.txt")
                        .orThrow()
                        .stdout()
                        .text())
                .isEqualTo("staged\nuntracked\n");
        assertThat(session.changes().isEmpty()).isTrue();
        session.agent().submit("hello");
        session.agent().terminal().await(screen -> screen.contains("got hello"), LIMIT);
    }

    private void isSeenByAnotherHost() {
        try (HostProcess other = HostProcess.start(RemoteHost.class, project.directory())) {
            assertThat(other.reply()).contains("ready");
            assertThat(other.ask("changes work")).contains("ADDED:said.txt");
            assertThat(other.ask("exec work remote.txt")).contains("ok");
            assertThat(other.ask("changes work")).contains("ADDED:remote.txt ADDED:said.txt");
        }
    }

    private static void isReviewed(Session session) {
        List<String> lines = new ArrayList<>();
        session.diff(DiffRequest.all(), file -> {
            for (FileDiff.Hunk hunk : file.hunks()) {
                for (FileDiff.Line line : hunk.lines()) lines.add(line.kind() + " " + line.text());
            }
        });
        assertThat(lines).containsExactly("ADDED x", "ADDED hello");
        Checkpoint checkpoint = session.checkpoint("reviewed");
        session.exec("rm", "said.txt").orThrow();
        session.restore(checkpoint);
        assertThat(session.checkpoints()).hasSize(2);
        assertThat(session.changes().files()).extracting(Change::path).containsExactly("remote.txt", "said.txt");
    }

    private void isMerged(Session session) throws IOException {
        // The work that came along from the project is in its way there.
        assertThat(session.preview(MergeRequest.into("main")).outcome()).isEqualTo(MergePreview.Outcome.BLOCKED);
        session.exec("rm", "staged.txt", "untracked.txt").orThrow();
        MergePreview preview = session.preview(MergeRequest.into("main"));
        assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CLEAN);
        assertThat(session.merge(
                        MergeRequest.builder().target("main").expecting(preview).build()))
                .isInstanceOf(MergeResult.Merged.class);
        assertThat(project.directory().resolve("said.txt")).hasContent("hello");
    }

    private void isOnRecord(Trails trails) {
        List<AuditRecord> records = trails.audit().newest(50);
        assertThat(records)
                .extracting(AuditRecord::type)
                .contains("session.opened", "session.checkpointed", "session.restored", "session.removed");
        AuditRecord merge = records.stream()
                .filter(record -> record.type().equals("session.merged"))
                .findFirst()
                .orElseThrow();
        assertThat(merge.session()).contains("work");
        assertThat(merge.details())
                .containsEntry("target", "main")
                .containsEntry("commit", project.git("rev-parse", "main"));
    }

    @Test
    void a_project_in_a_folder_of_a_repository_is_that_folder_of_the_tree() throws IOException {
        Path source = project.directory().resolve("src");
        try (Trails trails =
                Trails.builder(source).environment(project.environment()).build()) {
            Session session = trails.open(SessionSpec.named("work").build());
            Path directory = session.info().directory().orElseThrow();
            assertThat(directory).isEqualTo(project.trees().resolve("work/src"));
            session.exec("sh", "-c", "echo four >> code.txt; echo up > ../up.txt")
                    .orThrow();
            assertThat(session.changes().files()).extracting(Change::path).containsExactly("../up.txt", "code.txt");
            assertThat(session.merge(MergeRequest.into("main"))).isInstanceOf(MergeResult.Blocked.class);
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isFalse();
            assertThat(session.remove(RemovalPolicy.safe().rescuing()).complete())
                    .isTrue();
            assertThat(project.keeps("up\n")).isTrue();
        }
    }

    @Test
    void without_a_repository_the_advice_says_how_to_make_one() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        explains(plain, project.environment(), "direct", "belongs to no git repository", "git init");
    }

    @Test
    void without_a_commit_the_advice_says_so() throws IOException {
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        project.gitIn(fresh, "init", "-q");
        explains(fresh, project.environment(), "direct", "Nothing has been committed", "git commit");
    }

    @Test
    void without_git_there_is_another_way_or_a_reason() throws IOException {
        Map<String, String> environment = with();
        explains(project.directory(), environment, "worktree", "git");
        project.git("config", "core.sparseCheckout", "true");
        explains(project.directory(), environment, "direct", "Install git");
    }

    private static void explains(Path project, Map<String, String> environment, String mode, String... words) {
        try (Trails trails = Trails.builder(project).environment(environment).build()) {
            ModeAdvice advice = trails.advise(SessionSpec.named("any").build());
            assertThat(advice.best().orElseThrow().mode().name())
                    .as(advice.explain())
                    .isEqualTo(mode);
            assertThat(advice.explain()).contains(words);
        }
    }
}
