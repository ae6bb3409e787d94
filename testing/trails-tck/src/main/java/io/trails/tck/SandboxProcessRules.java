package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsInterruptedException;
import io.trails.Usage;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rules of a sandbox about the life and death of processes. */
abstract class SandboxProcessRules extends SandboxMarkRules {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final int LONGER = 3;

    /** On a busy machine a second of processor time may take more than half a minute. */
    private static final Duration BREACHED = Duration.ofMinutes(3);

    SandboxProcessRules() {}

    /** A command with its descendants: one in the background, one that left group and session, and one it waits for. */
    private static final class Family {
        private final List<Sleeper> sleepers = new ArrayList<>();
        private final String script;

        /** Where the sandbox has no {@code setsid}, nobody leaves the session. */
        Family(SandboxLife life) {
            Sleeper child = add(life);
            String text = child.inBackground();
            if (!life.sh("command -v setsid || :").isEmpty()) {
                Sleeper runaway = add(life);
                text += "(setsid sh -c '" + runaway.instead() + "' >/dev/null 2>&1 </dev/null &)\n" + "until [ -s "
                        + runaway.file() + " ]; do :; done\n";
            }
            script = text;
        }

        private Sleeper add(SandboxLife life) {
            var sleeper = life.sleeper();
            sleepers.add(sleeper);
            return sleeper;
        }

        /** Leaves its descendants behind. */
        String leaving() {
            return script;
        }

        /** Says {@code ready} when all of them run, and waits. */
        String waiting(SandboxLife life) {
            return script + add(life).inForeground();
        }

        List<Sleeper> all() {
            return sleepers;
        }
    }

    private Sleeper inBackground(SandboxLife life) {
        var sleeper = life.sleeper();
        life.sh(sleeper.inBackground());
        sleeper.awaitStart();
        assertThat(sleeper.isAlive()).as("what was left in the background").isTrue();
        return sleeper;
    }

    private SandboxLife background(String session) throws IOException {
        assumeCapability(SandboxCapability.BACKGROUND);
        return created(session);
    }

    /** Runs a command that ends by itself, and sees who lives meanwhile. */
    private static ExecResult exec(SandboxLife life, List<Sleeper> expected, Command command) throws Exception {
        var result = new FutureTask<>(() -> life.sandbox().exec(command));
        Patience.start(result);
        // Whoever says in a file who he is can be asked afterwards.
        if (!life.hasIds()) Patience.within(Patience.limit(), () -> haveStarted(expected) || result.isDone());
        Duration longest = command.timeout().orElseThrow().plus(Patience.limit());
        try {
            return result.get(longest.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new AssertionError("Not back within " + longest + ": " + command, e);
        }
    }

    /** Looks at each of them: one that is not there yet must not keep another from being seen. */
    private static boolean haveStarted(List<Sleeper> expected) {
        return expected.stream().filter(Sleeper::hasStarted).count() == expected.size();
    }

    @Test
    @Rule("S-04")
    final void after_its_timeout_a_command_is_ended_with_every_descendant() throws Exception {
        SandboxLife life = created("timeout");
        untilItHasStarted(timeout -> {
            var family = new Family(life);
            Command command = SandboxLife.script(family.waiting(life)).timeout(timeout);
            ExecResult result = exec(life, family.all(), command);
            assertThat(result.status()).isEqualTo(ExecResult.Status.TIMED_OUT);
            if (!result.stdout().text().contains("ready")) return false;
            family.all().forEach(Sleeper::awaitEnd);
            return true;
        });
    }

    /** What is ended before it has started proves nothing: on a busy machine it gets longer. */
    private static void untilItHasStarted(Attempt attempt) throws Exception {
        Duration time = SHORT;
        while (!attempt.started(time)) {
            time = time.multipliedBy(LONGER);
            assertThat(time).as("time in which a command starts").isLessThan(Patience.limit());
        }
    }

    @FunctionalInterface
    private interface Attempt {
        /** Whether the time was enough for the command to start. */
        boolean started(Duration time) throws Exception;
    }

    @Test
    @Rule("S-08")
    final void a_breach_of_the_wall_clock_ends_the_command() throws Exception {
        untilItHasStarted(time -> {
            var limits = Limits.builder().wallClock(time).build();
            return endsBreaching("wall-clock-" + time.toSeconds(), limits, Sleeper::inForeground);
        });
    }

    @Test
    @Rule("S-08")
    final void a_breach_of_processor_time_ends_the_command() throws Exception {
        var limits = Limits.builder().cpuTime(Duration.ofSeconds(1)).build();
        assertThat(endsBreaching("cpu-time", limits, Sleeper::awake)).isTrue();
    }

    /** Whether what breaches had started, and then was seen to end. */
    private boolean endsBreaching(String session, Limits limits, Function<Sleeper, String> breach) throws Exception {
        assumeFalse(isRefused(limits, NetworkPolicy.open()), () -> "the provider refuses " + limits);
        SandboxLife life = created(request(session).limits(limits));
        Sleeper sleeper = life.sleeper();
        Command command = SandboxLife.script(breach.apply(sleeper)).timeout(BREACHED);
        ExecResult result = exec(life, List.of(sleeper), command);
        assertThat(result.status()).isIn(ExecResult.Status.LIMIT_EXCEEDED, ExecResult.Status.EXITED);
        assertThat(result.ok()).isFalse();
        if (life.hasIds() && !sleeper.hasStarted()) return false;
        sleeper.awaitEnd();
        return true;
    }

    @Test
    @Rule("S-09")
    final void stop_ends_every_process_of_the_session_and_no_other() throws Exception {
        SandboxLife life = background("stop");
        Sleeper child = inBackground(life);
        Sleeper bystander = inBackground(background("bystander"));
        Process stranger =
                new ProcessBuilder("sleep", "300").directory(project().toFile()).start();
        try {
            var family = new Family(life);
            life.sh(family.leaving());
            family.all().forEach(Sleeper::awaitStart);
            life.sandbox().stop();
            child.awaitEnd();
            family.all().forEach(Sleeper::awaitEnd);
            assertThat(bystander.isAlive()).as("process of another session").isTrue();
            assertThat(stranger.isAlive()).as("process of nobody's session").isTrue();
            life.use();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    @Rule("S-09")
    final void stop_ends_what_is_being_executed() throws Exception {
        SandboxLife life = created("executing");
        Sleeper sleeper = life.sleeper();
        var result = new FutureTask<>(() -> life.sandbox().exec(SandboxLife.script(sleeper.inForeground())));
        Patience.start(result);
        sleeper.awaitStart();
        life.sandbox().stop();
        sleeper.awaitEnd();
        assertThat(result.get(Patience.limit().toSeconds(), TimeUnit.SECONDS).ok())
                .as("success of what was ended")
                .isFalse();
        life.use();
    }

    @Test
    @Rule("S-09")
    final void stop_ends_what_another_instance_started() throws IOException {
        SandboxLife life = background("reopened");
        Sleeper child = inBackground(life);
        life.open();
        life.sandbox().stop();
        child.awaitEnd();
    }

    @Test
    @Rule({"S-09", "S-10"})
    final void what_a_killed_jvm_started_is_counted_and_ended() throws Exception {
        assumeCapability(SandboxCapability.BACKGROUND);
        SandboxLife life = life("killed");
        Sleeper child = life.sleeper();
        try (var jvm = ForeignJvm.withSandbox(provider(), life, child.inBackground())) {
            jvm.awaitReady();
            jvm.kill();
        }
        life.open();
        child.awaitStart();
        assertThat(child.isAlive())
                .as("the background process after kill -9 of its JVM")
                .isTrue();
        assertThat(life.sandbox().usage().processes()).isPositive();
        life.sandbox().stop();
        child.awaitEnd();
    }

    @Test
    @Rule("S-10")
    final void usage_counts_the_sessions_processes() throws IOException {
        SandboxLife life = background("usage");
        inBackground(life);
        int one = processes(life);
        assertThat(one).isPositive();
        inBackground(life);
        int two = processes(life);
        assertThat(two).isGreaterThan(one);
        // What has a process table of its own may need a process to keep it.
        if (life.hasIds()) assertThat(List.of(one, two)).containsExactly(1, 2);
        life.open();
        assertThat(processes(life)).as("seen by another instance").isEqualTo(two);
        life.sandbox().stop();
        assertThat(processes(life)).as("after stop").isZero();
    }

    private static int processes(SandboxLife life) {
        Usage usage = life.sandbox().usage();
        assertThat(usage.memoryBytes()).isNotNegative();
        return usage.processes();
    }

    @Test
    @Rule("S-11")
    final void an_interrupt_ends_the_command_with_its_descendants() throws Exception {
        SandboxLife life = created("interrupt");
        var family = new Family(life);
        Command command = SandboxLife.script(family.waiting(life)).timeout(Duration.ofMinutes(5));
        var outcome = new AtomicReference<Throwable>();
        Thread thread = Patience.start(() -> {
            try {
                life.sandbox().exec(command);
            } catch (TrailsInterruptedException e) {
                outcome.set(e);
            }
        });
        family.all().forEach(Sleeper::awaitStart);
        thread.interrupt();
        thread.join(Patience.limit().toMillis());
        assertThat(thread.isAlive()).as("still executing").isFalse();
        assertThat(outcome.get()).isInstanceOf(TrailsInterruptedException.class);
        family.all().forEach(Sleeper::awaitEnd);
    }

    @Test
    @Rule("S-13")
    final void closing_leaves_the_background_running() throws IOException {
        SandboxLife life = background("close");
        Sleeper child = inBackground(life);
        life.sandbox().close();
        life.sandbox().close();
        life.open();
        assertThat(child.isAlive()).isTrue();
    }

    @Test
    @Rule("S-13")
    final void what_writes_in_the_background_goes_on() throws IOException {
        assumeProc();
        SandboxLife life = background("writing");
        inBackground(life);
        Sleeper writer = life.sleeper();
        life.sh("(sleep 1; echo soon; sleep 1; echo late && { " + writer.inForeground() + "}) & echo main");
        Patience.until("end of what writes in the background", writer::hasStarted);
    }

    @Test
    @Rule("S-15")
    final void opening_ends_what_a_killed_jvm_was_running() throws Exception {
        assumeCapability(SandboxCapability.STREAMS);
        assumeProc();
        SandboxLife life = life("orphans");
        Sleeper child = life.sleeper();
        Sleeper self = life.sleeper();
        String running = child.inBackground() + self.inForeground();
        try (var jvm = ForeignJvm.withSandbox(provider(), life, ":", running)) {
            jvm.awaitReady();
            if (!life.hasIds()) List.of(child, self).forEach(Sleeper::awaitStart);
            jvm.kill();
        }
        life.open();
        child.awaitEnd();
        self.awaitEnd();
    }

    private static void assumeProc() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "the rule holds where there is /proc");
    }

    @Test
    @Rule("S-14")
    final void removing_keeps_a_session_with_living_processes_unless_told_to_end_them() throws IOException {
        SandboxLife life = background("remove");
        Sleeper child = inBackground(life);
        RemovalReport safe = life.remove(RemovalPolicy.safe());
        assertThat(safe.kept()).as("kept while a process lives").isNotEmpty();
        assertThat(child.isAlive()).isTrue();
        RemovalReport ending = life.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(ending.kept()).isEmpty();
        child.awaitEndFor(created("observer"));
    }
}
