package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.ended;
import static io.trails.internal.terminal.Terminals.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalPolicy;
import io.trails.Terminal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class KilledHostTest {
    @Test
    void a_terminal_survives_the_kill_of_its_host_and_is_found_with_all_its_output(@TempDir Path root)
            throws Exception {
        var terminals = new Terminals(root);
        terminals.request("t");
        Process host = HostProcess.start(root);
        try {
            assertThat(host.getInputStream().read()).isEqualTo('!');

            host.destroyForcibly();
            assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();

            Terminal terminal = terminals.open("t");
            terminal.type("two\nend\n");
            assertThat(ended(terminal)).isEqualTo(9);
            assertThat(terminal.screen().lines()).containsExactly("got one", "got two", "got end");
            assertThat(terminals.open("t").exitCode()).hasValue(9);
            terminal.await(screen -> screen.contains("got end"), SOON);
        } finally {
            host.destroyForcibly();
            terminals.remove("t", RemovalPolicy.safe().endingProcesses());
        }
    }
}
