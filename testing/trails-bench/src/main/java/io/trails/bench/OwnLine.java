package io.trails.bench;

import io.trails.spi.Sandbox;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxServer;
import io.trails.tmux.internal.server.TmuxServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The line inside trails-tmux, to a server of trails that holds bare sessions: what a command costs without a terminal. */
final class OwnLine implements AutoCloseable {
    private static final int HISTORY = 5_000;

    private final Sandbox sandbox;
    private final TmuxServer server;
    private int named;

    private OwnLine(Sandbox sandbox, TmuxServer server) {
        this.sandbox = sandbox;
        this.server = server;
    }

    static OwnLine open(Scratch scratch) throws IOException {
        Sandbox sandbox = Host.sandbox(scratch);
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return new OwnLine(sandbox, new TmuxServers(HISTORY).lease(sandbox, id));
    }

    String name() {
        return "s" + named++;
    }

    List<String> run(String... words) {
        return checked(server.run(List.of(TmuxCommand.of(words)))).get(0).lines();
    }

    void change(List<TmuxCommand> commands) {
        checked(server.change(commands));
    }

    private static List<Reply> checked(List<Reply> replies) {
        for (Reply reply : replies) {
            if (!reply.ok()) throw new IllegalStateException("tmux refused: " + reply.lines());
        }
        return replies;
    }

    void create(String name, String command) {
        change(List.of(creation(name, command)));
    }

    static TmuxCommand creation(String name, String command) {
        return TmuxCommand.of("new-session", "-d", "-s", name, "-x", "200", "-y", "50", command);
    }

    void kill(String name) {
        change(List.of(TmuxCommand.of("kill-session", "-t", "=" + name)));
    }

    /** All at once. */
    void fill(int sessions) {
        List<TmuxCommand> commands = new ArrayList<>();
        for (int i = 0; i < sessions; i++) commands.add(creation(name(), PlainTmux.IDLE));
        change(commands);
    }

    /** Ends all sessions but the keeper. */
    void empty() {
        change(List.of(TmuxCommand.of("kill-session", "-a", "-t", "=" + TmuxServer.KEEPER)));
    }

    @Override
    public void close() {
        try (sandbox) {
            empty();
            if (!server.endIfUnused()) throw new IllegalStateException("A server of the benchmark goes on");
            server.close();
        }
    }
}
