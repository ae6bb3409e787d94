package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionState;
import io.trails.Trails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of the host at every step of an operation, then a new host: nothing orphaned, no name blocked, no work lost. */
@EnabledOnOs(OS.LINUX)
class CrashTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private String terminals = "headless";
    private boolean worktrees;

    @ParameterizedTest
    @ValueSource(strings = {"open", "agent", "remove"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_any_step_is_recovered_from(String operation) throws IOException {
        checkEveryStep(operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "remove"})
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_any_step_with_tmux_is_recovered_from(String operation) throws IOException {
        TmuxTraces.needTmux();
        terminals = "tmux";
        checkEveryStep(operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "agent", "remove"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_any_step_with_worktrees_is_recovered_from(String operation) throws IOException {
        worktrees = true;
        checkEveryStep(operation);
    }

    private void checkEveryStep(String operation) throws IOException {
        int steps = stepsOf(operation);
        assertThat(steps).isGreaterThanOrEqualTo(3);
        SeveralAtOnce.check(IntStream.rangeClosed(1, steps)
                .<Callable<Void>>mapToObj(step -> () -> {
                    checkStep(operation, step, steps);
                    return null;
                })
                .toList());
    }

    private void checkStep(String operation, int step, int steps) throws IOException {
        Path project = project("killed-" + step);
        try (HostProcess host =
                HostProcess.start(CrashingHost.class, project, terminals, operation, String.valueOf(step))) {
            assertThat(host.awaitEnd())
                    .as("%s killed at step %d of %d", operation, step, steps)
                    .isEqualTo(137);
        }
        checkRecovery(project, operation + " killed at step " + step + " of " + steps);
    }

    @Test
    void commands_of_a_killed_host_end_when_the_session_is_found() throws IOException {
        Path project = project("killed");
        try (HostProcess host = HostProcess.start(CrashingHost.class, project, terminals, "command", "0")) {
            assertThat(host.reply()).contains("running");
            host.kill();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(processesOf(project)).hasSizeGreaterThanOrEqualTo(4));
        try (Trails trails = CrashingHost.survivor(project, terminals)) {
            Session session = trails.find(CrashingHost.SESSION).orElseThrow();
            assertThat(session.exec("true").ok()).isTrue();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(processesOf(project)).isEmpty());
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
        assertThat(leftovers(project)).isEmpty();
    }

    @Test
    void commands_end_when_their_host_exits() throws IOException {
        Path project = project("exited");
        try (HostProcess host = HostProcess.start(CrashingHost.class, project, terminals, "command", "0")) {
            assertThat(host.reply()).contains("running");
            host.ask("exit");
            assertThat(host.awaitEnd()).isZero();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(processesOf(project)).isEmpty());
        endSession(project);
    }

    private int stepsOf(String operation) throws IOException {
        Path project = project("whole");
        try (HostProcess host = HostProcess.start(CrashingHost.class, project, terminals, operation, "0")) {
            int steps = Integer.parseInt(host.reply().orElseThrow());
            assertThat(host.awaitEnd()).isZero();
            return steps;
        } finally {
            endSession(project);
        }
    }

    private void checkRecovery(Path project, String what) throws IOException {
        try (Trails trails = CrashingHost.survivor(project, terminals)) {
            List<SessionInfo> sessions = trails.sessions();
            assertThat(sessions).as(what).allMatch(info -> info.state() == SessionState.READY);
            if (sessions.isEmpty()) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(processesOf(project))
                                .as("%s: processes of nobody", what)
                                .isEmpty());
                assertThat(leftovers(project)).as("%s: files of nobody", what).isEmpty();
            }

            Session session = trails.find(CrashingHost.SESSION).orElseGet(() -> trails.open(CrashingHost.spec()));
            assertThat(session.exec("cat", "README.md").stdout().text())
                    .as(what)
                    .isEqualTo("precious\n");
            session.agent().submit("hello");
            session.agent().terminal().await(screen -> screen.contains("got hello"), SOON);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(processesOf(project))
                            .as("%s: one agent", what)
                            .hasSize(agentProcesses(session)));

            assertThat(session.remove(RemovalPolicy.safe().rescuing().endingProcesses())
                            .complete())
                    .as(what)
                    .isTrue();
            assertThat(trails.audit().verify().intact()).as(what).isTrue();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(processesOf(project)).as(what).isEmpty());
        assertThat(leftovers(project)).as(what).isEmpty();
        assertThat(TmuxTraces.directory(project)).as(what).doesNotExist();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(TmuxTraces.processes(project)).as(what).isEmpty());
        assertThat(project.resolve("README.md")).hasContent("precious");
        if (worktrees) checkRepository(project, what);
    }

    private static void checkRepository(Path directory, String what) throws IOException {
        var project = new GitProject(directory, GitProject.environment(directory.resolveSibling("home")));
        project.checkIntegrity();
        assertThat(project.worktrees()).as(what).hasSize(1);
        assertThat(project.refs("refs/heads/trails/")).as(what).isEmpty();
        if (what.startsWith("remove"))
            assertThat(project.keeps("work\n")).as(what).isTrue();
    }

    private int agentProcesses(Session session) {
        // A pane has a wrapper and a recorder, which belong to no session.
        return session.usage().processes() + (terminals.equals("tmux") ? 2 : 0);
    }

    private Path project(String name) throws IOException {
        Path around = Files.createDirectory(folder.resolve(name)).toRealPath();
        if (worktrees) return GitProject.create(around.resolve("project")).directory();
        Path project = Files.createDirectory(around.resolve("project"));
        Files.writeString(project.resolve("README.md"), "precious\n");
        return project;
    }

    private void endSession(Path project) {
        try (Trails trails = CrashingHost.survivor(project, terminals)) {
            trails.find(CrashingHost.SESSION)
                    .ifPresent(session ->
                            session.remove(RemovalPolicy.safe().rescuing().endingProcesses()));
        }
    }

    private static Set<String> leftovers(Path project) throws IOException {
        Path sessions = project.resolve(".trails/sessions");
        if (!Files.exists(sessions)) return Set.of();
        try (Stream<Path> left = Files.list(sessions)) {
            return left.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** Living processes that work in the project or beside it, as the kernel knows them. */
    private static Set<Long> processesOf(Path project) throws IOException {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> worksIn(pid, project))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean worksIn(long pid, Path project) {
        try {
            Path directory = Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            boolean zombie = stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
            return directory.startsWith(project.getParent())
                    && !zombie
                    && pid != ProcessHandle.current().pid();
        } catch (IOException gone) {
            return false;
        }
    }
}
