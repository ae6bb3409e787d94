package io.trails.tmux.internal.server;

import io.trails.Command;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.tmux.internal.line.CliLine;
import io.trails.tmux.internal.line.ControlLine;
import io.trails.tmux.internal.line.LineLostException;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.line.TmuxLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * A line to one run of a server, and what was learned on it. Immutable.
 *
 * @param persistent whether the line is better than one process per command
 */
record Connection(
        Site site, TmuxLine line, boolean persistent, TmuxVersion version, String serverProcess, String startTime) {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MILLIS_PER_COMMAND = 50;

    /** Attaches a client. Only while nobody changes the server. */
    static Connection persistent(Sandbox sandbox, Site site, String threadName) {
        if (!sandbox.capabilities().contains(SandboxCapability.STREAMS)) {
            throw new LineLostException("This sandbox starts no client that stays");
        }
        var argv = new ArrayList<String>(List.of("/bin/sh", "-c", Script.ATTACH, "sh"));
        argv.addAll(site.controlClient());
        var line = new ControlLine(sandbox.start(Command.of(argv).in(Path.of("/"))), threadName);
        try {
            return over(site, line, true);
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
    }

    /** One process per command. */
    static Connection fallback(Sandbox sandbox, Site site) {
        return over(site, new CliLine(sandbox, site.client(), PATIENCE), false);
    }

    private static Connection over(Site site, TmuxLine line, boolean persistent) {
        // The keeper is named because a client that is not attached has no session of its own.
        var ask = TmuxCommand.of(
                "display-message", "-p", "-t", "=" + TmuxServer.KEEPER + ":", "#{pid} #{start_time} #{version}");
        Reply reply = await(line.send(List.of(ask)), 1).get(0);
        String[] facts = String.join("", reply.lines()).split(" ", -1);
        if (!reply.ok() || facts.length != 3) throw new LineLostException("The tmux server does not tell what it is");
        TmuxVersion version = TmuxVersion.parse(facts[2]).orElse(site.version());
        return new Connection(site, line, persistent, version, facts[0], facts[1]);
    }

    String incarnation() {
        return serverProcess + "-" + startTime;
    }

    /** @throws TrailsException {@code terminal.unreachable} when it takes too long, and then the line is closed */
    List<Reply> send(List<TmuxCommand> commands) {
        try {
            return await(line.send(commands), commands.size());
        } catch (LineLostException e) {
            throw e;
        } catch (TrailsException e) {
            if (e.getCause() instanceof TimeoutException && persistent) line.close();
            throw e;
        }
    }

    private static List<Reply> await(CompletableFuture<List<Reply>> answer, int commands) {
        long millis = PATIENCE.toMillis() + commands * MILLIS_PER_COMMAND;
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LineLostException lost)
                throw new LineLostException(String.valueOf(lost.getMessage()), lost);
            throw new LineLostException("The tmux server cannot be asked: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new TrailsException(
                    "terminal.unreachable",
                    "The tmux server did not answer in " + millis + " ms. See whether it hangs",
                    e);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for the tmux server", e);
        }
    }

    void close() {
        try {
            line.close();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Connection.class).debug("A line to a tmux server did not close", e);
        }
    }
}
