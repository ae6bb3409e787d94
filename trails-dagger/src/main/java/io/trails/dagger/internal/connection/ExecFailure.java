package io.trails.dagger.internal.connection;

import io.trails.TrailsException;
import java.util.List;
import java.util.OptionalInt;

/**
 * A command of a container ended otherwise than was expected, and there is no container after it. The message shows neither the
 * command nor what it wrote.
 */
public final class ExecFailure extends TrailsException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> command;
    private final transient OptionalInt exitCode;
    private final String stdout;
    private final String stderr;

    ExecFailure(List<String> command, OptionalInt exitCode, String stdout, String stderr) {
        super(
                "dagger.exec-failed",
                "A command in a container failed"
                        + (exitCode.isPresent() ? " with exit code " + exitCode.getAsInt() : "")
                        + ", and what it changed is lost");
        this.command = List.copyOf(command);
        this.exitCode = exitCode;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Program and arguments, none if the engine did not say. */
    public List<String> command() {
        return command;
    }

    /** From 0 to 255, or -1 of one that could not even be started; empty if the engine did not say. */
    public OptionalInt exitCode() {
        return exitCode;
    }

    /** The end of what it wrote, as the engine cut it; empty if the engine did not say. */
    public String stdout() {
        return stdout;
    }

    /** The end of what it wrote, as the engine cut it; empty if the engine did not say. */
    public String stderr() {
        return stderr;
    }
}
