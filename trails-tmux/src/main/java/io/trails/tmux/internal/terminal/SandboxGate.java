package io.trails.tmux.internal.terminal;

import io.trails.Command;
import io.trails.Input;
import io.trails.spi.Sandbox;
import java.time.Duration;

/** A named pipe inside a sandbox whose files the host does not see. */
record SandboxGate(Sandbox shared, String path) implements Gate {
    private static final String WRITE = "exec cat >\"$1\"";

    @Override
    public boolean pass(byte[] orders, Duration atMost) {
        return shared.exec(Command.of("/bin/sh", "-c", WRITE, "trails-terminal", path)
                        .stdin(Input.bytes(orders))
                        .timeout(atMost))
                .ok();
    }
}
