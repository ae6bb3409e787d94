package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A host exits while its threads start one command after the other. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what is left is found through /proc")
class HostExitWorkersTest {
    @TempDir
    Path folder;

    private HostFixture host;
    private Process other;

    @BeforeEach
    void start() throws IOException {
        host = new HostFixture(folder);
        other = HostFixture.java(HostProgram.class, List.of(), "workers", folder.toString())
                .start();
        for (int i = 0; i < HostProgram.WORKERS; i++) host.awaitPid("worker-" + i);
    }

    @AfterEach
    void end() {
        other.destroyForcibly();
        host.close();
    }

    @Test
    void no_command_outlives_a_host_whose_threads_go_on_working() throws Exception {
        exitOther();
        var session = new ProcessFamily(ProcessTable.ofThisSystem(), Marks.SESSION, host.plan.get("mark"));
        assertThat(session.living()).isEmpty();
    }

    @Test
    void a_shutdown_hook_that_opens_the_session_again_can_use_it() throws Exception {
        exitOther();
        assertThat(host.home.resolve("last")).exists();
    }

    private void exitOther() throws Exception {
        other.getOutputStream().write('\n');
        other.getOutputStream().flush();
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
