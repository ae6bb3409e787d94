package io.trails;

import java.io.Serial;
import java.util.Objects;

/** Thrown by {@link ExecResult#orThrow()}: the command did not end with exit code 0. */
public final class CommandFailedException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What the command left. */
    private final transient ExecResult result;

    CommandFailedException(ExecResult result) {
        super("exec.failed", describe(result));
        this.result = Objects.requireNonNull(result, "result");
    }

    private static String describe(ExecResult result) {
        String ended = result.status() == ExecResult.Status.EXITED
                ? "ended with exit code " + result.exitCode()
                : "was ended: "
                        + result.reason()
                                .map(Reason::message)
                                .orElse(result.status().name());
        String output = result.stderr().text().isBlank()
                ? result.stdout().text()
                : result.stderr().text();
        String tail = output.length() > 2_000 ? "…" + output.substring(output.length() - 2_000) : output;
        return "The command " + ended + (tail.isBlank() ? "" : "; it last wrote:\n" + tail.stripTrailing());
    }

    /**
     * Returns what the command left.
     *
     * @return the result; not available after deserialisation
     */
    public ExecResult result() {
        return result;
    }
}
