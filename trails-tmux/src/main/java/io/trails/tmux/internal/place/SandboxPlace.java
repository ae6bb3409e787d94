package io.trails.tmux.internal.place;

import io.trails.Capture;
import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Input;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** The files where a sandbox runs its processes, which the host does not see. Thread-safe. Closing it ends its watches. */
public final class SandboxPlace implements Place, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_NAMES = 4 << 20;

    /** From here on an exit code is not one of the scripts', but tells that they did not run. */
    private static final int FIRST_FOREIGN_CODE = 125;

    private final Sandbox sandbox;
    private final SandboxWatches watches;

    /** The place that the sandbox shares with others. */
    public SandboxPlace(Sandbox sandbox) {
        this.sandbox = sandbox.shared();
        this.watches = new SandboxWatches(this.sandbox);
    }

    @Override
    public byte[] read(String file, long from, int most) {
        Command command = PlaceScripts.READ.command(file, Long.toString(from + 1), Integer.toString(most));
        return run(file, command.capture(Capture.upTo(most))).stdout().bytes();
    }

    @Override
    public OptionalLong size(String file) {
        String size = run(file, PlaceScripts.SIZE.command(file)).stdout().text().strip();
        if (size.isEmpty()) return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.parseLong(size));
        } catch (NumberFormatException e) {
            throw new TrailsException("terminal.unreadable", "The size of " + file + " is no number: " + size, e);
        }
    }

    @Override
    public boolean exists(String path) {
        return !run(path, PlaceScripts.EXISTS.command(path)).stdout().text().isEmpty();
    }

    @Override
    public void link(String path, String target) {
        run(path, PlaceScripts.LINK.command(path, target));
    }

    @Override
    public List<String> list(String directory) {
        Command command = PlaceScripts.LIST.command(directory).capture(Capture.upTo(MOST_NAMES));
        return run(directory, command).stdout().text().lines().sorted().toList();
    }

    @Override
    public void createDirectory(String directory) {
        run(directory, PlaceScripts.CREATE_DIRECTORY.command(directory));
    }

    @Override
    public void write(String file, byte[] content) {
        put(PlaceScripts.WRITE, file, content);
    }

    @Override
    public void append(String file, byte[] content) {
        put(PlaceScripts.APPEND, file, content);
    }

    private void put(PlaceScripts script, String file, byte[] content) {
        int slash = file.lastIndexOf('/');
        String draft = file.substring(0, slash + 1) + "." + file.substring(slash + 1) + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".new";
        Command command = script.command(file, draft, Integer.toString(content.length));
        run(file, command.stdin(Input.bytes(content)));
    }

    @Override
    public void delete(String path) {
        run(path, PlaceScripts.DELETE.command(path));
    }

    @Override
    public Watch watch(String directory) {
        return watches.watch(directory);
    }

    @Override
    public void close() {
        watches.close();
    }

    private ExecResult run(String path, Command command) {
        ExecResult result;
        try {
            result = sandbox.exec(command.timeout(TIMEOUT));
        } catch (TrailsInterruptedException e) {
            throw e;
        } catch (TrailsException e) {
            throw new TrailsException(
                    "terminal.unreachable", "The sandbox does not show " + path + ": " + e.getMessage(), e);
        }
        if (result.ok()) return result;
        if (result.status() != ExecResult.Status.EXITED || result.exitCode() >= FIRST_FOREIGN_CODE) {
            throw new TrailsException("terminal.unreachable", "The sandbox does not show " + path + ": " + result);
        }
        throw new TrailsException(
                "terminal.unreadable",
                path + " cannot be used: " + result.stderr().text().strip());
    }
}
