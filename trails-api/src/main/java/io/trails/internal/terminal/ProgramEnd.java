package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Reason;
import io.trails.spi.Sandbox;
import java.time.Duration;
import java.util.Optional;

/** Ends a detached program with its descendants, those included that left its process group or its session. */
final class ProgramEnd {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String UNKNOWN = "terminal.unreachable";

    static final Reason RUNNING =
            Reason.of("terminal.running", "Its program still runs", "End it, or remove with endingProcesses()");

    private static final Reason NOT_ENDED = Reason.of(
            "terminal.not-ended",
            "A process of it does not end, not even when killed",
            "Stop the session, or look for a process that waits for a device");

    private final TerminalFiles files;
    private final Sandbox sandbox;

    ProgramEnd(TerminalFiles files, Sandbox sandbox) {
        this.files = files;
        this.sandbox = sandbox;
    }

    /** What speaks against there being no process of the terminal any more, if anything does. */
    Optional<Reason> ended() {
        return objection(script("list"), RUNNING);
    }

    /** Asks them to end, then ends them. Returns what {@link #ended()} does. */
    Optional<Reason> end() {
        return objection(script("end"), NOT_ENDED);
    }

    /** Whether it says that nobody knows. */
    static boolean isUnknown(Reason objection) {
        return objection.code().equals(UNKNOWN);
    }

    private static Optional<Reason> objection(ExecResult result, Reason alive) {
        if (result.ok()) return Optional.empty();
        if (!Unanswered.is(result)) return Optional.of(alive);
        return Optional.of(Reason.of(
                UNKNOWN, "Whether processes of it are left could not be seen: " + Unanswered.why(result), "Try again"));
    }

    private ExecResult script(String verb) {
        String holder = files.holder().map(Holder::toString).orElse("");
        return sandbox.exec(Command.of("/bin/sh", "-c", Scripts.END, "trails-terminal", files.mark(), holder, verb)
                .timeout(TIMEOUT));
    }
}
