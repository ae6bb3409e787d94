package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of the host at the requests that it makes of an engine, then a new host. */
@EnabledOnOs(OS.LINUX)
class KilledContainerTest extends KilledContainerBench {
    private EngineDouble engine;
    private StepRelay relay;

    @BeforeEach
    void startEngine() throws IOException {
        engine = EngineDouble.start(Release.V0_21_8, folder.resolve("engine"));
        relay = new StepRelay(engine.runnerHost());
    }

    @AfterEach
    void endEngine() throws IOException {
        relay.close();
        engine.close();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_some_step_has_lost_nothing(ContainerOperation operation) throws IOException {
        atSomeStep(operation);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_killed_at_many_steps_has_lost_nothing(ContainerOperation operation) throws IOException {
        atManySteps(operation);
    }

    @Override
    boolean kill(GitProject project, ContainerOperation operation, int step, StepRelay.Moment moment)
            throws IOException {
        try (HostProcess host = HostProcess.start(
                KilledContainerHost.class,
                project.directory(),
                cli().toString(),
                relay.runnerHost(),
                operation.name())) {
            assertThat(host.reply()).contains("prepared");
            relay.arm(step, moment, host::kill);
            host.ask("go");
            host.awaitEnd();
            boolean reached = relay.hasHappened();
            relay.arm(0, moment, () -> {});
            return reached;
        }
    }

    @Override
    Path cli() throws IOException {
        return engine.cli(folder.resolve("cli"));
    }

    @Override
    StepRelay relay() {
        return relay;
    }

    @Override
    boolean isIdle() {
        return engine.traffic().running() == 0 && engine.sessions() == 0;
    }

    @Override
    boolean losesVolumes() {
        return false;
    }
}
