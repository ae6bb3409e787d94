package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsException;
import io.trails.daggerdouble.EngineProcess;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of the engine, or of the program that leads to it, at the requests of a host that goes on afterwards. */
@EnabledOnOs(OS.LINUX)
class KilledEngineTest {
    abstract static class Bench extends KilledContainerBench {
        private EngineProcess engine;

        EngineProcess engine() {
            return engine;
        }

        abstract void end();

        abstract void afterwards() throws IOException;

        @Override
        boolean kill(GitProject project, ContainerOperation operation, int step, StepRelay.Moment moment)
                throws IOException {
            try (Trails trails = project.trails()) {
                Runnable prepared = operation.prepared(trails);
                boolean reached = armed(step, moment, this::end, () -> {
                    try {
                        prepared.run();
                    } catch (TrailsException failed) {
                        assertThat(failed.code()).startsWith("dagger.");
                    }
                });
                if (reached) afterwards();
                goesOn(trails);
                return reached;
            }
        }

        /** The same host goes on with the session, if there is one. */
        private static void goesOn(Trails trails) {
            Optional<Session> session = trails.find(ContainerOperation.SESSION);
            if (session.isPresent()) {
                assertThat(ContainerBench.sh(session.get(), "cat .gitignore")).isEqualTo("*.log\n");
            } else {
                SessionSpec other = ContainerProject.clean("other");
                assertThat(ContainerBench.sh(trails.open(other), "cat .gitignore"))
                        .isEqualTo("*.log\n");
                trails.find("other").orElseThrow().remove(RemovalPolicy.safe().endingProcesses());
            }
        }

        @Override
        String startEngine(Release release) throws IOException {
            engine = EngineProcess.start(release, folder.resolve("engine"));
            return engine.runnerHost();
        }

        @Override
        void endEngine() {
            engine.close();
        }

        @Override
        boolean isIdle() {
            try {
                return engine.control("running").equals("0")
                        && engine.control("sessions").equals("0");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Nested
    class OfTheEngine extends Bench {
        @ParameterizedTest
        @EnumSource(names = {"OPEN", "EXEC", "EXEC_BESIDE_A_PROGRAM", "MERGE"})
        @Execution(ExecutionMode.CONCURRENT)
        void a_host_whose_engine_was_killed_at_some_step_goes_on(ContainerOperation operation) throws IOException {
            atSomeStep(operation);
        }

        @Override
        void end() {
            engine().kill();
        }

        @Override
        void afterwards() throws IOException {
            engine().restart();
            engine().control("lostSessionWait 0");
        }

        @Override
        boolean losesVolumes() {
            return true;
        }
    }

    @Nested
    class OfTheProgram extends Bench {
        @ParameterizedTest
        @EnumSource(names = {"OPEN", "EXEC", "EXEC_BESIDE_A_PROGRAM"})
        @Execution(ExecutionMode.CONCURRENT)
        void a_host_whose_dagger_was_killed_at_some_step_goes_on(ContainerOperation operation) throws IOException {
            atSomeStep(operation);
        }

        @Override
        void end() {
            ProcessHandle.current()
                    .children()
                    .filter(child -> child.info()
                            .arguments()
                            .map(Arrays::asList)
                            .filter(arguments -> arguments.contains(cli().toString()))
                            .isPresent())
                    .forEach(ProcessHandle::destroyForcibly);
        }

        @Override
        void afterwards() {}

        @Override
        boolean losesVolumes() {
            return false;
        }
    }
}
