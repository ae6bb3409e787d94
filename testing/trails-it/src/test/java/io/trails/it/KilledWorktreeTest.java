package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Checkpoint;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 of the host after each step that it takes with git, then a new host: nothing that was written is lost, the session is
 * there or gone, and what is the user's is as it was.
 */
@EnabledOnOs(OS.LINUX)
class KilledWorktreeTest {
    private static final String SESSION = KilledWorktreeHost.SESSION;

    /** One file committed, one changed, one new, one ignored. */
    static final String WORK = "echo committed > committed.txt; git add -A; git commit -q -m Agent;"
            + " echo written > written.txt; echo edited >> README.md; echo noted > agent.log";

    private static final int SAMPLE = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"open", "open-moving", "checkpoint", "restore", "merge", "squash", "rebase", "remove", "rescue"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_some_steps_has_lost_nothing(String operation) throws IOException {
        int steps = stepsOf(operation);
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<KillingGit.Moment> moments = List.of(KillingGit.Moment.values());
        List<Callable<Void>> checks = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            KillingGit.Moment moment = moments.get(i % moments.size());
            int step = 1 + random.nextInt(steps);
            checks.add(checking(operation, step, moment, "seed " + seed));
        }
        SeveralAtOnce.check(checks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"open", "open-moving", "checkpoint", "restore", "merge", "squash", "rebase", "remove", "rescue"})
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_any_step_has_lost_nothing(String operation) throws IOException {
        int steps = stepsOf(operation);
        List<Callable<Void>> checks = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            for (var moment : KillingGit.Moment.values()) checks.add(checking(operation, step, moment, "of " + steps));
        }
        SeveralAtOnce.check(checks);
    }

    private Callable<Void> checking(String operation, int step, KillingGit.Moment moment, String more) {
        return () -> {
            check(operation, step, moment, more);
            return null;
        };
    }

    private int stepsOf(String operation) throws IOException {
        GitProject project = GitProject.inUse(folder.resolve("whole/project"));
        try (HostProcess host = start(project, operation, 0, KillingGit.Moment.BEFORE)) {
            int steps = Integer.parseInt(host.reply().orElseThrow());
            assertThat(host.awaitEnd()).isZero();
            assertThat(steps).isPositive();
            return steps;
        }
    }

    private static HostProcess start(GitProject project, String operation, int step, KillingGit.Moment moment) {
        return HostProcess.start(
                KilledWorktreeHost.class, project.directory(), operation, String.valueOf(step), moment.name());
    }

    private void check(String operation, int step, KillingGit.Moment moment, String more) throws IOException {
        String what = operation + " killed " + moment + " call " + step + ", " + more;
        GitProject project = GitProject.inUse(folder.resolve(operation + "-" + step + "-" + moment + "/project"));
        var before = users(project, operation);
        try (HostProcess host = start(project, operation, step, moment)) {
            assertThat(host.awaitEnd()).as(what).isEqualTo(137);
        }
        new KillingGit(project.directory().resolveSibling("bin")).awaitEnd();
        try {
            recover(operation, project);
            assertThat(users(project, operation)).isEqualTo(before);
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(what + " in " + lastCall(project), failed);
        }
    }

    private static String lastCall(GitProject project) throws IOException {
        List<String> calls = Files.readAllLines(project.directory().resolveSibling("bin/calls"));
        return calls.isEmpty() ? "none" : calls.get(calls.size() - 1);
    }

    private static void recover(String operation, GitProject project) throws IOException {
        try (Trails trails = project.trails()) {
            for (SessionInfo info : trails.sessions()) {
                assertThat(info.state()).as("%s", info).isEqualTo(SessionState.READY);
            }
            boolean found = trails.find(SESSION).isPresent();
            switch (operation) {
                case "open", "open-moving" -> opened(project, trails);
                case "checkpoint" -> checkpointed(trails.find(SESSION).orElseThrow());
                case "restore" -> restored(project, trails.find(SESSION).orElseThrow());
                case "merge", "squash", "rebase" ->
                    merged(project, trails.find(SESSION).orElseThrow());
                case "remove" ->
                    assertThat(project.git("show", "main:written.txt")).isEqualTo("written");
                default -> {
                    if (!found) rescued(project);
                }
            }
            Optional<Session> session = trails.find(SESSION);
            if (session.isPresent()) remove(operation, session.get());
            assertThat(trails.sessions()).isEmpty();
            assertThat(trails.audit().verify().intact()).isTrue();
        }
        if (operation.equals("rescue") || operation.equals("restore")) rescued(project);
        if (operation.equals("open-moving")) moved(project);
        nothingIsLeft(project);
    }

    private static void remove(String operation, Session session) {
        RemovalPolicy policy = RemovalPolicy.safe().endingProcesses();
        RemovalReport report = session.remove(operation.equals("remove") ? policy : policy.rescuing());
        assertThat(report.complete()).as("%s", report).isTrue();
    }

    private static void opened(GitProject project, Trails trails) {
        Session session = trails.find(SESSION)
                .orElseGet(() -> trails.open(SessionSpec.named(SESSION).build()));
        Path tree = session.info().directory().orElseThrow();
        assertThat(project.gitIn(tree, "status", "--porcelain")).isEqualTo(project.git("status", "--porcelain"));
        assertThat(session.exec("cat", "README.md").stdout().text()).isEqualTo("precious\n");
    }

    private static void checkpointed(Session session) {
        assertThat(session.checkpoints()).hasSizeLessThanOrEqualTo(1);
        Checkpoint checkpoint = session.checkpoint("again");
        session.exec("rm", "written.txt", "README.md").orThrow();
        session.restore(checkpoint);
        assertThat(session.exec("cat", "written.txt", "README.md").stdout().text())
                .isEqualTo("written\nprecious\nedited\n");
    }

    private static void restored(GitProject project, Session session) throws IOException {
        Path tree = session.info().directory().orElseThrow();
        assertThat(Files.exists(tree.resolve("later.txt")) || project.keeps("later\n"))
                .isTrue();
        assertThat(project.keeps("written\n")).isTrue();
        session.restore(session.checkpoints().get(0));
        assertThat(session.exec("cat", "written.txt", "README.md").stdout().text())
                .isEqualTo("written\nprecious\nedited\n");
        assertThat(tree.resolve("later.txt")).doesNotExist();
    }

    private static void merged(GitProject project, Session session) throws IOException {
        assertThat(session.merge(MergeRequest.into("main")))
                .isInstanceOfAny(MergeResult.Merged.class, MergeResult.UpToDate.class);
        for (String file : List.of("committed.txt", "written.txt", "README.md")) {
            String content = Files.readString(project.directory().resolve(file));
            assertThat(project.git("show", "main:" + file)).isEqualTo(content.strip());
        }
        assertThat(project.directory().resolve("README.md")).hasContent("precious\nedited");
    }

    private static void rescued(GitProject project) throws IOException {
        for (String content : List.of("committed\n", "written\n", "noted\n", "precious\nedited\n")) {
            assertThat(project.keeps(content)).as(content).isTrue();
        }
    }

    /** Wherever the host died, the user's work is in the project or a ref keeps it. */
    private static void moved(GitProject project) throws IOException {
        for (String name : List.of("staged", "untracked")) {
            boolean there = Files.exists(project.directory().resolve(name + ".txt"));
            assertThat(there || project.keeps(name + "\n")).as(name).isTrue();
        }
    }

    private static void nothingIsLeft(GitProject project) throws IOException {
        assertThat(project.worktrees()).hasSize(1);
        assertThat(project.refs("refs/heads/trails/")).isEmpty();
        assertThat(project.refs("refs/trails/sessions/")).isEmpty();
        assertThat(project.refs("refs/trails/checkpoints/")).isEmpty();
        if (Files.exists(project.trees())) {
            try (Stream<Path> left = Files.list(project.trees())) {
                assertThat(left).isEmpty();
            }
        }
        project.checkIntegrity();
    }

    private static Map<String, String> users(GitProject project, String operation) throws IOException {
        Map<String, String> users = new TreeMap<>(
                switch (operation) {
                    case "merge", "squash", "rebase", "remove" -> project.users("main");
                    default -> project.users();
                });
        // Moved work leaves the project on purpose.
        if (operation.equals("open-moving")) users.keySet().removeAll(List.of("status", "index"));
        return users;
    }
}
