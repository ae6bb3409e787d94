package io.trails.tmux.internal.server;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.tmux.internal.line.LineLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps towards a server that run in its sandbox. Immutable. */
final class Preparation {
    private static final int RETRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration START_PATIENCE = Duration.ofSeconds(15);

    private final Sandbox sandbox;
    private final String id;
    private final String user;

    Preparation(Sandbox sandbox, String id) {
        this.sandbox = sandbox;
        this.id = id;
        this.user = sandbox.capabilities().contains(SandboxCapability.HOST_FILES) ? ownNumber() : "";
    }

    /** Of the user who owns this process, or nothing where that cannot be seen; then the sandbox finds it out. */
    private static String ownNumber() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return "";
        }
    }

    /** Where the server is; makes its directory. */
    Site make() {
        ExecResult result = exec(PATIENCE, Script.PREPARE, List.of(id, "make", user));
        // Somebody who ended the server may have removed what was just made.
        for (int again = 0; result.exitCode() == Script.NOT_MADE && again < RETRIES; again++) {
            result = exec(PATIENCE, Script.PREPARE, List.of(id, "make", user));
        }
        if (!result.ok()) throw refused(result);
        return Site.parse(result.stdout().text());
    }

    /** Where the server is, or empty if there is none, or no program to ask it. */
    Optional<Site> look() {
        ExecResult result = exec(PATIENCE, Script.PREPARE, List.of(id, "look", user));
        if (result.exitCode() == Script.ABSENT || result.exitCode() == Script.NO_TMUX) return Optional.empty();
        if (!result.ok()) throw refused(result);
        return Optional.of(Site.parse(result.stdout().text()));
    }

    void start(Site site, int historyLimit) {
        var arguments = new ArrayList<String>(List.of(site.directory(), site.program()));
        arguments.addAll(ServerStart.commands(site, historyLimit));
        ExecResult result = exec(START_PATIENCE, Script.START, arguments);
        if (result.ok()) return;
        throw new LineLostException("The tmux server in " + site.directory() + " does not start: "
                + result.stderr().text().strip());
    }

    /** Whether the server is gone. */
    boolean end(Site site, String processId) {
        return exec(PATIENCE, Script.END, List.of(site.directory(), site.program(), processId))
                .ok();
    }

    /** Whether nothing is left of a server that is dead. */
    boolean clear(Site site) {
        return exec(PATIENCE, Script.CLEAR, List.of(site.directory())).ok();
    }

    /** Ends those that hosts left which died while they connected: tmux 3.3a keeps such a client for ever. Whether that were all. */
    boolean endOrphans(List<String> clients) {
        return exec(PATIENCE, Script.ORPHANED, clients).ok();
    }

    private ExecResult exec(Duration patience, String script, List<String> arguments) {
        var argv = new ArrayList<String>(List.of("/bin/sh", "-c", script, "sh"));
        argv.addAll(arguments);
        ExecResult result = sandbox.exec(Command.of(argv).in(Path.of("/")).timeout(patience));
        if (result.status() == ExecResult.Status.EXITED) return result;
        throw new TrailsException(
                "terminal.unreachable",
                "The tmux server of this project did not answer in " + patience.toSeconds()
                        + " s. See whether it hangs");
    }

    private TrailsException refused(ExecResult result) {
        String where = "The directory of the tmux server, /tmp/trails-<uid>/" + id + ", or its parent";
        return switch (result.exitCode()) {
            case Script.LINK -> unsafe(where + " is a symbolic link. Remove it");
            case Script.NOT_MADE -> unsafe(where + " cannot be made. Look at the permissions and the space of /tmp");
            case Script.NOT_A_DIRECTORY -> unsafe(where + " is no directory. Remove it");
            case Script.FOREIGN ->
                unsafe(where + " belongs to somebody else, who could take the terminals over." + " Have it removed");
            case Script.OPEN_TO_OTHERS -> unsafe(where + " is open to others. Remove it, or make it private (0700)");
            case Script.NO_TMUX ->
                new TrailsException(
                        "terminal.unreachable",
                        "There is no tmux on the PATH of the sandbox. Install tmux 3.0 or newer");
            default ->
                new TrailsException(
                        "terminal.unreachable",
                        "tmux cannot be looked for: " + result.stderr().text().strip());
        };
    }

    private static TrailsException unsafe(String message) {
        return new TrailsException("terminal.directory-unsafe", message);
    }
}
