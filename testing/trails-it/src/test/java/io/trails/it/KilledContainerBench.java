package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Checkpoint;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionState;
import io.trails.Trails;
import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds after anything was killed at any step of an operation on a session in a container. Each test has its own engine. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class KilledContainerBench {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Release RELEASE = Release.V0_21_8;
    private static final List<StepRelay.Moment> MOMENTS = List.of(StepRelay.Moment.values());
    private static final int LATEST_STEP = 8;
    private static final int DRAWN = 4;

    @TempDir
    Path folder;

    private StepRelay relay;
    private Path cli;

    @BeforeAll
    static void needEngine() {
        ContainerProject.needEngine();
    }

    @BeforeEach
    void start() throws IOException {
        relay = new StepRelay(startEngine(RELEASE));
        cli = EngineDouble.cli(folder.resolve("cli"), RELEASE.version());
    }

    @AfterEach
    void endAll() throws IOException {
        relay.close();
        endEngine();
    }

    /** At some steps drawn at random, or with {@code -Dtrails.test.everyStep=true} at each; so with the name of an operation. */
    @ParameterizedTest
    @EnumSource
    @Tag("long")
    @Execution(ExecutionMode.CONCURRENT)
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothing_is_lost_at_many_steps(ContainerOperation operation) throws IOException {
        String each = System.getProperty("trails.test.everyStep", "");
        if (each.equals("true") || each.equals(operation.name())) atEachStep(operation);
        else atManySteps(operation);
    }

    /** Gives where it listens. */
    abstract String startEngine(Release release) throws IOException;

    abstract void endEngine() throws IOException;

    /**
     * Kills at one step.
     *
     * @return whether the operation came as far as that step
     */
    abstract boolean kill(GitProject project, ContainerOperation operation, int step, StepRelay.Moment moment)
            throws IOException;

    abstract boolean isIdle();

    /** What only the engine had is lost with it. */
    abstract boolean losesVolumes();

    Path cli() {
        return cli;
    }

    StepRelay relay() {
        return relay;
    }

    /** Does something at one request of an operation, if it comes as far, and tells whether it did. */
    boolean armed(int step, StepRelay.Moment moment, Runnable what, Runnable operation) {
        relay.arm(step, moment, what);
        operation.run();
        boolean reached = relay.hasHappened();
        relay.arm(0, moment, () -> {});
        return reached;
    }

    void atSomeStep(ContainerOperation operation) throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        StepRelay.Moment moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
        check(operation, 1 + random.nextInt(3), moment, "seed " + seed);
    }

    private void atManySteps(ContainerOperation operation) throws IOException {
        long seed = System.nanoTime();
        List<Integer> draws = new ArrayList<>();
        for (int i = 0; i < LATEST_STEP * MOMENTS.size(); i++) draws.add(i);
        Collections.shuffle(draws, new Random(seed));
        for (int draw : draws.subList(0, DRAWN)) {
            StepRelay.Moment moment = MOMENTS.get(draw / LATEST_STEP);
            check(operation, 1 + draw % LATEST_STEP, moment, "seed " + seed);
        }
    }

    private void atEachStep(ContainerOperation operation) throws IOException {
        for (var moment : MOMENTS) {
            int step = 1;
            while (check(operation, step, moment, "each")) step++;
        }
    }

    private boolean check(ContainerOperation operation, int step, StepRelay.Moment moment, String more)
            throws IOException {
        String what = operation + ", killed " + moment + " request " + step + ", " + more;
        GitProject plain = GitProject.inUse(folder.resolve(operation + "-" + step + "-" + moment + "/project"));
        GitProject project = ContainerProject.with(plain, cli, relay.runnerHost());
        try {
            Map<String, String> before = users(project, operation);
            boolean reached = kill(project, operation, step, moment);
            recover(project, operation);
            assertThat(users(project, operation)).isEqualTo(before);
            nothingIsLeft(project);
            return reached;
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(what, failed);
        }
    }

    private void recover(GitProject project, ContainerOperation operation) throws IOException {
        try (Trails trails = project.trails()) {
            for (SessionInfo info : trails.sessions()) {
                assertThat(info.state()).as("%s", info).isEqualTo(SessionState.READY);
            }
            Optional<Session> found = trails.find(ContainerOperation.SESSION);
            switch (operation) {
                case OPEN -> opened(trails, found);
                case REMOVE -> {
                    if (found.isPresent()) worked(operation, found.get());
                    else rescued(project);
                }
                case RESTORE -> restored(project, found.orElseThrow());
                default -> worked(operation, found.orElseThrow());
            }
            if (operation == ContainerOperation.MERGE) merged(project, found.orElseThrow());
            trails.find(ContainerOperation.SESSION).ifPresent(KilledContainerBench::remove);
            assertThat(trails.sessions()).isEmpty();
            assertThat(trails.audit().verify().intact()).isTrue();
        }
    }

    private static void opened(Trails trails, Optional<Session> found) {
        Session session = found.orElseGet(() -> trails.open(ContainerProject.clean(ContainerOperation.SESSION)));
        assertThat(ContainerBench.sh(session, "cat README.md; echo usable > usable.txt"))
                .isEqualTo("precious\n");
        assertThat(session.info().directory().orElseThrow().resolve("usable.txt"))
                .hasContent("usable");
    }

    /** Finished work is on the host before anything is asked of an engine, and in the container afterwards. */
    private void worked(ContainerOperation operation, Session session) throws IOException {
        Path tree = session.info().directory().orElseThrow();
        assertThat(tree.resolve("written.txt")).hasContent("written");
        assertThat(tree.resolve("deep/file.txt")).hasContent("deep");
        assertThat(tree.resolve("src/code.txt")).doesNotExist();
        assertThat(Files.readString(tree.resolve("README.md"))).isIn("precious\nedited\n", "precious\nedited\ntwo\n");
        String seen = ContainerBench.sh(session, "cat written.txt deep/file.txt; ls src/code.txt 2>/dev/null || true");
        assertThat(seen).isEqualTo("written\ndeep\n");
        ContainerBench.sh(session, ContainerOperation.MORE + "; echo usable > usable.txt");
        session.bringBack();
        assertThat(tree.resolve("usable.txt")).hasContent("usable");
        assertThat(tree.resolve("more.txt")).hasContent("more");
        if (operation.isLive() && !losesVolumes())
            assertThat(tree.resolve("live.txt")).hasContent("live");
        Checkpoint checkpoint = session.checkpoint("again");
        ContainerBench.sh(session, "rm written.txt usable.txt");
        session.restore(checkpoint);
        assertThat(ContainerBench.sh(session, "cat written.txt usable.txt")).isEqualTo("written\nusable\n");
    }

    private static void restored(GitProject project, Session session) throws IOException {
        Path tree = session.info().directory().orElseThrow();
        assertThat(Files.exists(tree.resolve("later.txt")) || project.keeps("later\n"))
                .isTrue();
        assertThat(project.keeps("written\n")).isTrue();
        session.restore(session.checkpoints().get(0));
        assertThat(ContainerBench.sh(session, "cat written.txt; ls later.txt 2>/dev/null || echo none"))
                .isEqualTo("written\nnone\n");
        assertThat(tree.resolve("later.txt")).doesNotExist();
    }

    private static void merged(GitProject project, Session session) {
        session.stop();
        assertThat(session.merge(MergeRequest.into("main")))
                .isInstanceOfAny(MergeResult.Merged.class, MergeResult.UpToDate.class);
        assertThat(project.git("show", "main:written.txt")).isEqualTo("written");
        assertThat(project.git("show", "main:usable.txt")).isEqualTo("usable");
        assertThat(project.directory().resolve("written.txt")).hasContent("written");
    }

    private static void rescued(GitProject project) throws IOException {
        for (String content : new String[] {"written\n", "deep\n", "precious\nedited\n"}) {
            assertThat(project.keeps(content)).as(content).isTrue();
        }
    }

    private static void remove(Session session) {
        RemovalReport report = session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
        assertThat(report.complete()).as("%s", report).isTrue();
    }

    private void nothingIsLeft(GitProject project) {
        assertThat(project.worktrees()).hasSize(1);
        assertThat(project.refs("refs/heads/trails/")).isEmpty();
        assertThat(project.refs("refs/trails/sessions/")).isEmpty();
        project.checkIntegrity();
        BooleanSupplier idle = this::isIdle;
        await().atMost(LIMIT).until(idle::getAsBoolean);
    }

    private static Map<String, String> users(GitProject project, ContainerOperation operation) throws IOException {
        return operation == ContainerOperation.MERGE ? project.users("main") : project.users();
    }
}
