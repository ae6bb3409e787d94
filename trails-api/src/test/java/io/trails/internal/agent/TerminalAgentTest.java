package io.trails.internal.agent;

import static io.trails.internal.terminal.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trails.Activity;
import io.trails.Activity.State;
import io.trails.AgentProfile;
import io.trails.DeliveryFailedException;
import io.trails.internal.terminal.Await;
import io.trails.internal.terminal.Terminals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class TerminalAgentTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private Terminals terminals;

    @BeforeEach
    void makeTerminals() {
        terminals = new Terminals(root);
    }

    @AfterEach
    void removeTerminals() {
        terminals.close();
    }

    private static Activity await(ScriptedAgent scripted, State state) {
        return scripted.agent.await(activity -> activity.state() == state, SOON);
    }

    @Test
    void an_agent_that_shows_nothing_is_starting() {
        var scripted = ScriptedAgent.headless(terminals, "sleep 60");

        assertThat(scripted.agent.activity().state()).isEqualTo(State.STARTING);
        assertThat(scripted.agent.exitCode()).isEmpty();
    }

    @Test
    void an_agent_at_its_prompt_is_idle_once_it_has_been_quiet() {
        var scripted = ScriptedAgent.headless(terminals, "printf '> '; exec sleep 60");
        var seen = new ArrayList<State>();

        Activity idle = scripted.agent.await(
                activity -> {
                    seen.add(activity.state());
                    return activity.state() == State.IDLE;
                },
                SOON);

        assertThat(idle.evidence()).isEqualTo(">");
        // What the first look finds is not known to be still; what appears after it is work.
        assertThat(seen).containsAnyOf(State.WORKING, State.UNKNOWN).endsWith(State.IDLE);
    }

    @Test
    void a_submitted_text_is_read_and_worked_on() throws Exception {
        Path done = root.resolve("done");
        var scripted = ScriptedAgent.headless(
                terminals,
                "printf '> '; while read -r line; do echo thinking; until [ -e '" + done
                        + "' ]; do sleep 0.05; done; echo \"did: $line\"; printf '> '; done; exit 3");

        scripted.agent.submit("first $HOME 'x'");

        assertThat(await(scripted, State.WORKING).evidence()).isNotEmpty();
        Files.createFile(done);
        scripted.agent.terminal().await(screen -> screen.contains("did: first $HOME 'x'"), SOON);
        await(scripted, State.IDLE);
        assertThat(scripted.log).containsExactly("15 true");
    }

    @Test
    void several_lines_arrive_as_they_are() throws Exception {
        Path copy = root.resolve("copy");
        var scripted = ScriptedAgent.headless(terminals, "exec cat >'" + copy + "'");

        scripted.agent.submit("one\ntwo\n");
        scripted.agent.submit("three");

        Await.until(() -> Files.exists(copy) && Files.readString(copy).equals("one\ntwo\nthree\n"), () -> "copied");
    }

    @Test
    void a_question_waits_for_input_until_it_is_answered() {
        var scripted = ScriptedAgent.headless(
                terminals,
                "printf 'Delete everything? (y/n) '; read -r x; echo; echo \"answered $x\"; printf '> '; read -r y");

        assertThat(await(scripted, State.WAITING_FOR_INPUT).evidence()).isEqualTo("Delete everything? (y/n)");
        scripted.agent.submit("n");

        scripted.agent.terminal().await(screen -> screen.contains("answered n"), SOON);
        assertThat(await(scripted, State.IDLE).evidence()).isEqualTo(">");
    }

    @Test
    void a_busy_line_that_stands_still_is_work() {
        var scripted = ScriptedAgent.headless(terminals, "echo '> '; echo 'thinking hard'; sleep 60");
        scripted.agent.terminal().await(screen -> screen.contains("thinking hard"), SOON);
        Instant later = Instant.now().plusMillis(400);

        Activity activity = scripted.agent.await(now -> Instant.now().isAfter(later), SOON);

        assertThat(activity.state()).isEqualTo(State.WORKING);
        assertThat(activity.evidence()).isEqualTo("thinking hard");
    }

    @Test
    void a_spinner_is_work_however_long_it_turns() {
        var nanos = new AtomicLong();
        var scripted = new ScriptedAgent(
                i -> terminals.script(
                        "agent" + i,
                        "i=0; while read -r turn; do printf '\\r\\033[K[%s] turning' $i; i=$((i+1)); done; sleep 60"),
                ScriptedAgent.profile().build(),
                Clock.systemUTC(),
                nanos::get);
        for (int turn = 0; turn < 20; turn++) {
            String shown = "[" + turn + "] turning";
            scripted.agent.terminal().type("\n");
            scripted.agent.terminal().await(screen -> screen.contains(shown), SOON);

            // Until it was seen to change nobody knows.
            assertThat(scripted.agent.activity().state())
                    .as(shown)
                    .isEqualTo(turn == 0 ? State.UNKNOWN : State.WORKING);
            nanos.addAndGet(Duration.ofMillis(140).toNanos());
        }
        nanos.addAndGet(Duration.ofMillis(10).toNanos());
        assertThat(scripted.agent.activity().state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_state_keeps_its_beginning_and_lasts_whatever_the_clock_does() {
        var clock = new ManualClock();
        var nanos = new AtomicLong();
        var scripted = new ScriptedAgent(
                i -> terminals.script("agent" + i, "printf '> '; sleep 60"),
                ScriptedAgent.profile().build(),
                clock,
                nanos::get);
        scripted.agent.terminal().await(screen -> screen.contains(">"), SOON);

        Activity first = scripted.agent.activity();
        nanos.addAndGet(Duration.ofMillis(149).toNanos());
        Activity still = scripted.agent.activity();
        clock.now = clock.now.minusSeconds(3_600);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        Activity idle = scripted.agent.activity();
        clock.now = clock.now.plusSeconds(7_200);
        Activity later = scripted.agent.activity();

        assertThat(first).extracting(Activity::state, Activity::since).containsExactly(State.UNKNOWN, Instant.EPOCH);
        assertThat(first.evidence()).isEqualTo("looked at for 0 ms so far");
        assertThat(still).extracting(Activity::state, Activity::since).containsExactly(State.UNKNOWN, Instant.EPOCH);
        assertThat(idle).extracting(Activity::state, Activity::since).containsExactly(State.IDLE, Instant.EPOCH);
        assertThat(later).isEqualTo(idle);
    }

    @Test
    void a_screen_that_changed_between_two_looks_is_work() {
        var nanos = new AtomicLong();
        var scripted = new ScriptedAgent(
                i -> terminals.script("agent" + i, "printf '> '; read x; echo \"$x\"; sleep 60"),
                ScriptedAgent.profile().build(),
                Clock.systemUTC(),
                nanos::get);
        scripted.agent.terminal().await(screen -> screen.contains(">"), SOON);
        scripted.agent.activity();
        scripted.agent.terminal().type("seen\n");
        scripted.agent.terminal().await(screen -> screen.contains("seen"), SOON);

        Activity changed = scripted.agent.activity();

        assertThat(changed.state()).isEqualTo(State.WORKING);
        assertThat(changed.evidence()).isEqualTo("the screen changed 0 ms ago");
    }

    @Test
    void an_agent_that_ended_says_with_what() {
        var scripted = ScriptedAgent.headless(terminals, "echo bye; exit 3");

        assertThat(await(scripted, State.EXITED).evidence()).isEqualTo("exit code 3");
        assertThat(scripted.agent.exitCode()).hasValue(3);
        assertCode(() -> scripted.agent.submit("x"), "terminal.ended");
        assertThat(scripted.log).containsExactly("1 false");
    }

    @Test
    void an_agent_whose_holder_was_killed_is_lost() {
        var scripted = ScriptedAgent.headless(terminals, "echo $PPID; sleep 60");
        String holder = scripted.agent
                .terminal()
                .await(screen -> !screen.lines().isEmpty(), SOON)
                .lines()
                .get(0);

        ProcessHandle.of(Long.parseLong(holder)).orElseThrow().destroyForcibly();

        await(scripted, State.LOST);
        assertThat(scripted.agent.exitCode()).isEmpty();
    }

    @Test
    void resuming_launches_an_agent_that_has_ended_and_only_that() {
        var scripted = new ScriptedAgent(
                i -> terminals.script("agent" + i, "echo launch " + i + "; read x; exit 1"), Clock.systemUTC());
        scripted.agent.resume();
        assertThat(scripted.agent
                        .terminal()
                        .await(screen -> screen.contains("launch"), SOON)
                        .lines())
                .containsExactly("launch 0");
        scripted.agent.submit("");
        await(scripted, State.EXITED);

        scripted.agent.resume();

        assertThat(scripted.agent
                        .terminal()
                        .await(screen -> screen.contains("launch"), SOON)
                        .lines())
                .containsExactly("launch 1");
        assertThat(scripted.agent.exitCode()).isEmpty();
    }

    @Test
    void an_agent_that_reads_nothing_has_not_taken_the_text() {
        var scripted = ScriptedAgent.impatient(terminals.script("agent", "sleep 60"));

        assertThatThrownBy(() -> scripted.agent.submit("secret-text"))
                .isInstanceOf(DeliveryFailedException.class)
                .hasMessageNotContaining("secret-text");

        assertThat(scripted.log).containsExactly("11 false");
    }

    @Test
    void waiting_ends_at_the_deadline_with_what_the_agent_does() {
        var scripted = ScriptedAgent.headless(terminals, "sleep 60");

        assertCode(() -> scripted.agent.await(activity -> false, Duration.ofMillis(50)), "agent.timeout");
    }

    @Test
    void nul_is_refused() {
        var scripted = ScriptedAgent.headless(terminals, "cat");

        assertThatThrownBy(() -> scripted.agent.submit("a\0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_pattern_that_would_take_for_ever_is_skipped() {
        AgentProfile profile = AgentProfile.named("x", "x")
                .busy("(a+)+$")
                .busy("(x|xx|a)*b")
                .prompt("^> ")
                .quiet(Duration.ZERO)
                .build();
        var scripted = new ScriptedAgent(
                i -> terminals.script("agent", "head -c 450 /dev/zero | tr '\\0' a; echo '!'; echo '> ready'; cat"),
                profile,
                Clock.systemUTC());
        scripted.agent.terminal().await(screen -> screen.contains("ready"), SOON);

        assertTimeoutPreemptively(
                SOON, () -> assertThat(scripted.agent.activity().state()).isEqualTo(State.IDLE));
    }

    private static final class ManualClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
