package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.daggerdouble.scene.Release;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsBubblewrap.class)
class EngineProcessTest {

    /** A time that nobody else on this machine sleeps. */
    private static final String SLEEP = "98765." + ProcessHandle.current().pid();

    @TempDir
    Path folder;

    @Test
    void killing_the_engine_in_the_middle_of_a_command_ends_it_and_is_a_bad_gateway() throws Exception {
        try (EngineProcess engine = EngineProcess.start(Release.V0_21_8, folder.resolve("engine"));
                Client client = new Client(engine.cli(folder), engine.runnerHost(), folder)) {
            var answer = client.send(
                    "{container{from(address:\"debian:12\"){withExec(args:[\"sleep\",\"" + SLEEP + "\"]){sync}}}}");
            await().atMost(Client.DEADLINE).until(() -> sleepers() == 1);
            assertThat(engine.control("running")).isEqualTo("1");
            engine.kill();
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(502);
            await().atMost(Client.DEADLINE).until(() -> sleepers() == 0);
            client.tool.destroyForcibly();
            engine.restart();
            assertThat(engine.control("sessions")).isEqualTo("0");
            engine.control("answerWith 503 1");
            try (Client again = new Client(engine.cli(folder), engine.runnerHost(), folder)) {
                assertThat(again.send("{version}").join().statusCode()).isEqualTo(503);
                assertThat(again.send("{version}").join().statusCode()).isEqualTo(200);
            }
        }
    }

    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + SLEEP))
                .filter(process -> !process.info().commandLine().orElse("").contains("bwrap"))
                .count();
    }
}
