package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of the host at the requests that it makes of an engine, then a new host. */
@EnabledOnOs(OS.LINUX)
class KilledContainerTest extends KilledContainerBench {
    private EngineDouble engine;

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void a_host_killed_at_some_step_has_lost_nothing(ContainerOperation operation) throws IOException {
        atSomeStep(operation);
    }

    @Override
    boolean kill(GitProject project, ContainerOperation operation, int step, StepRelay.Moment moment)
            throws IOException {
        try (HostProcess host = HostProcess.start(
                KilledContainerHost.class,
                project.directory(),
                cli().toString(),
                relay().runnerHost(),
                operation.name())) {
            assertThat(host.reply()).contains("prepared");
            return armed(step, moment, host::kill, () -> {
                host.ask("go");
                host.awaitEnd();
            });
        }
    }

    @Override
    String startEngine(Release release) throws IOException {
        engine = EngineDouble.start(release, folder.resolve("engine"));
        return engine.runnerHost();
    }

    @Override
    void endEngine() throws IOException {
        engine.close();
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
