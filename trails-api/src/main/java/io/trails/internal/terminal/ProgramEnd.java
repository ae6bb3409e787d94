package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.spi.Sandbox;
import java.time.Duration;

/** Ends a detached program with its descendants, those included that left its process group or its session. */
final class ProgramEnd {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final TerminalFiles files;
    private final Sandbox sandbox;

    ProgramEnd(TerminalFiles files, Sandbox sandbox) {
        this.files = files;
        this.sandbox = sandbox;
    }

    /** Whether no process of the terminal lives. */
    boolean ended() {
        return script("list");
    }

    /** Asks them to end, then ends them. Returns whether none lives any more. */
    boolean end() {
        return script("end");
    }

    private boolean script(String verb) {
        String holder = files.holder().map(Holder::toString).orElse("");
        ExecResult result =
                sandbox.exec(Command.of("/bin/sh", "-c", Scripts.END, "trails-terminal", files.mark(), holder, verb)
                        .timeout(TIMEOUT));
        return result.ok();
    }
}
