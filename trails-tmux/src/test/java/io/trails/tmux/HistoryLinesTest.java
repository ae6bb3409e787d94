package io.trails.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.RemovalPolicy;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalRequest;
import io.trails.tmux.internal.server.HostPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of what has scrolled away a terminal keeps, whatever others ask for. */
class HistoryLinesTest {
    @TempDir
    Path scratch;

    private final TmuxTerminalProvider provider = new TmuxTerminalProvider();
    private final List<Plan> plans = new ArrayList<>();
    private final List<HeldTerminal> terminals = new ArrayList<>();
    private HostPlace place;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        HostPlace.needTmux();
        place = new HostPlace(scratch);
        sandbox = place.session();
    }

    @AfterEach
    void close() throws Exception {
        if (place == null) return;
        for (HeldTerminal terminal : terminals) terminal.detach();
        for (Plan plan : plans)
            provider.remove(plan, sandbox, RemovalPolicy.safe().endingProcesses());
        place.close();
    }

    private HeldTerminal counting(String name, int historyLines, int to) throws Exception {
        Path directory = scratch.resolve("terminal-" + name);
        TerminalRequest request = TerminalRequest.builder("history", name, directory)
                .command(Command.of("sh", "-c", "seq " + to + "; echo counted; exec cat"))
                .environment(System.getenv())
                .stateDirectory(scratch)
                .historyLines(historyLines)
                .build();
        Files.createDirectories(directory);
        Plan plan = provider.plan(request);
        plans.add(plan);
        HeldTerminal terminal = provider.create(plan, request, sandbox);
        terminals.add(terminal);
        terminal.await(screen -> screen.contains("counted"), Duration.ofSeconds(20));
        return terminal;
    }

    @Test
    void each_terminal_keeps_as_many_lines_as_it_asked_for() throws Exception {
        HeldTerminal usual = counting("usual", 5_000, 4_000);
        HeldTerminal large = counting("large", 9_000, 8_000);
        HeldTerminal small = counting("small", 100, 2_000);
        HeldTerminal usualAgain = counting("again", 5_000, 4_000);

        assertThat(usual.history(20_000)).contains("1", "4000");
        assertThat(large.history(20_000)).contains("1", "8000");
        assertThat(small.history(20_000)).contains("2000").hasSizeLessThan(200);
        assertThat(usualAgain.history(20_000)).contains("1", "4000");
    }
}
