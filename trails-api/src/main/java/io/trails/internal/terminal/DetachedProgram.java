package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program held by {@link Scripts#HOLD}. How it ended is read from its status file, which costs microseconds; that its
 * holder was killed shows nowhere, so a process is asked for that, at most once a second.
 */
final class DetachedProgram implements Program {
    private static final long CHECK_NANOS = 1_000_000_000L;
    private static final Duration SCRIPT_TIMEOUT = Duration.ofSeconds(20);

    private final TerminalFiles files;
    private final Sandbox sandbox;
    private final Holder holder;
    private final InputPipe input;
    private final OutputTrim trim;
    private final AtomicLong nextCheck = new AtomicLong(System.nanoTime());
    private volatile Ending ending = Ending.RUNNING;

    DetachedProgram(String name, TerminalFiles files, OutputBound bound, Sandbox sandbox, Holder holder) {
        this.files = files;
        this.sandbox = sandbox;
        this.holder = holder;
        this.input = new InputPipe(name, files.input());
        this.trim = new OutputTrim(files.output(), bound, sandbox);
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return Set.of(TerminalCapability.SURVIVES_HOST, TerminalCapability.STREAM);
    }

    @Override
    public boolean sharesFiles() {
        return true;
    }

    @Override
    public Ending ending() {
        if (ending.ended()) return ending;
        OptionalInt code = files.exitCode();
        if (code.isEmpty() && (isRemoved() || (checkIsDue() && !alive(sandbox, holder)))) {
            code = files.exitCode();
            if (code.isEmpty()) ending = Ending.LOST;
        }
        if (code.isPresent()) ending = Ending.exited(code.getAsInt());
        return ending;
    }

    /** Its claim is made before it starts and deleted with everything else. */
    private boolean isRemoved() {
        return !files.holder().equals(Optional.of(holder));
    }

    private boolean checkIsDue() {
        long now = System.nanoTime();
        long due = nextCheck.get();
        return now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS);
    }

    static boolean alive(Sandbox sandbox, Holder holder) {
        return script(sandbox, Scripts.ALIVE, holder).ok();
    }

    private static ExecResult script(Sandbox sandbox, String script, Holder holder) {
        ExecResult result = sandbox.exec(Command.of("/bin/sh", "-c", script, "trails-terminal", holder.toString())
                .timeout(SCRIPT_TIMEOUT));
        if (result.status() == ExecResult.Status.EXITED) return result;
        throw new TrailsException(
                "terminal.unreachable",
                "The sandbox did not answer about process " + holder.pid() + ": " + Unanswered.why(result)
                        + "; try again");
    }

    @Override
    public void write(byte[] bytes, Duration patience) {
        input.write(bytes, patience, () -> ending().ended());
    }

    @Override
    public Optional<InputGauge.Reading> gauge() {
        return ending().ended() ? Optional.empty() : input.gauge();
    }

    @Override
    public void interrupt() {
        script(sandbox, Scripts.INTERRUPT, holder);
    }

    @Override
    public void trimOutput() {
        trim.trimIfDue();
    }

    /** Nothing is held in this JVM. */
    @Override
    public void detach() {}
}
