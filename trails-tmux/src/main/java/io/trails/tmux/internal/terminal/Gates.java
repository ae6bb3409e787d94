package io.trails.tmux.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The pipes of this JVM beside one server; making one takes a process, and so they are used again. Thread-safe. */
final class Gates {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_IDLE = 4;

    private final Sandbox shared;
    private final String directory;
    private final ArrayDeque<Gate> idle = new ArrayDeque<>();

    Gates(Sandbox shared, String directory) {
        this.shared = shared;
        this.directory = directory;
    }

    /** A pipe that nobody else uses until it is {@linkplain #giveBack given back}. */
    Gate take() {
        while (true) {
            Optional<Gate> known = idle();
            if (known.isEmpty()) return make();
            if (exists(known.get())) return known.get();
        }
    }

    private Optional<Gate> idle() {
        synchronized (idle) {
            return Optional.ofNullable(idle.poll());
        }
    }

    /** Whether it is still there: whoever ends the server removes its directory. */
    private boolean exists(Gate gate) {
        if (!onHost()) return true;
        try {
            Path path = Path.of(gate.path());
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        } catch (java.io.IOException gone) {
            return false;
        }
    }

    private boolean onHost() {
        return shared.capabilities().contains(SandboxCapability.HOST_FILES);
    }

    private Gate make() {
        String path = directory + "/gate-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        ExecResult made = shared.exec(Command.of("mkfifo", "-m", "600", path).timeout(TIMEOUT));
        if (!made.ok()) {
            throw new TrailsException(
                    "terminal.not-started",
                    "No named pipe can be made in " + directory + ": "
                            + made.stderr().text().strip());
        }
        return onHost() ? new HostGate(Path.of(path)) : new SandboxGate(shared, path);
    }

    /** For a pipe whose orders were read: one where nobody came may have a late reader yet. */
    void giveBack(Gate gate) {
        synchronized (idle) {
            if (idle.size() < MOST_IDLE) {
                idle.push(gate);
                return;
            }
        }
        discard(gate);
    }

    void discard(Gate gate) {
        shared.exec(Command.of("rm", "-f", gate.path()).timeout(TIMEOUT));
    }
}
