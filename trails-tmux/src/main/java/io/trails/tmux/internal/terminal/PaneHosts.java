package io.trails.tmux.internal.terminal;

import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.tmux.internal.place.HostPlace;
import io.trails.tmux.internal.place.Place;
import io.trails.tmux.internal.place.SandboxPlace;
import io.trails.tmux.internal.server.TmuxServer;
import io.trails.tmux.internal.server.TmuxServers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the panes are that one provider has to do with. Thread-safe. */
final class PaneHosts {
    static final int HISTORY_LINES = 5_000;

    private final TmuxServers servers = new TmuxServers(HISTORY_LINES);
    private final HostPlace host = new HostPlace();
    private final Map<String, PaneHost.Shared> runs = new ConcurrentHashMap<>();

    /** With a server, started if there is none. Whoever has it closes it. */
    PaneHost start(PanePlan plan, Sandbox sandbox) {
        return with(servers.lease(sandbox, plan.server()), plan, sandbox);
    }

    /** With the server if it runs. */
    PaneHost find(PanePlan plan, Sandbox sandbox) {
        Optional<TmuxServer> server = servers.find(sandbox, plan.server());
        if (server.isPresent()) return with(server.get(), plan, sandbox);
        String directory = servers.directory(sandbox, plan.server()).orElse("");
        return new PaneHost(directory, onHost(sandbox), place(sandbox), Optional.empty(), Optional.empty());
    }

    /** Ends the server of a plan if nobody needs it, and removes what is left of one that was killed. */
    void clear(PanePlan plan, PaneHost host, Sandbox sandbox) {
        if (host.isServerGone()) servers.clear(sandbox, plan.server());
        else host.endIfUnused();
    }

    private PaneHost with(TmuxServer server, PanePlan plan, Sandbox sandbox) {
        Place place = place(sandbox);
        PaneHost.Shared shared = runs.computeIfAbsent(plan.server() + " " + server.incarnation(), run -> {
            runs.keySet().removeIf(earlier -> earlier.startsWith(plan.server() + " "));
            install(place, server.directory(), LaunchScript.FILE);
            install(place, server.directory(), PaneHost.RECORDER);
            return new PaneHost.Shared(new PaneTable(), new Gates(sandbox.shared(), server.directory()));
        });
        return new PaneHost(server.directory(), onHost(sandbox), place, Optional.of(server), Optional.of(shared));
    }

    private static void install(Place place, String directory, ScriptFile script) {
        place.write(directory + "/" + script.name(), script.text().getBytes(StandardCharsets.UTF_8));
    }

    private Place place(Sandbox sandbox) {
        return onHost(sandbox) ? host : new SandboxPlace(sandbox);
    }

    private static boolean onHost(Sandbox sandbox) {
        return sandbox.capabilities().contains(SandboxCapability.HOST_FILES);
    }
}
