package io.trails.tmux.internal.terminal;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalRequest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import java.util.Set;

/** The life of terminals in panes: planned, created, taken up, removed. Thread-safe. */
public final class PaneTerminals {
    private final PaneHosts hosts = new PaneHosts();

    public static Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return Capabilities.of(sandbox.contains(SandboxCapability.HOST_FILES), true);
    }

    public static Plan plan(TerminalRequest request) {
        return PanePlan.of(request).toPlan();
    }

    public HeldTerminal create(Plan stored, TerminalRequest request, Sandbox sandbox) {
        PanePlan plan = PanePlan.of(stored);
        if (!Files.isDirectory(plan.directory(), LinkOption.NOFOLLOW_LINKS)) {
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + plan.label() + "' cannot be started: its directory " + plan.directory()
                            + " is missing or is no directory");
        }
        PaneHost host = hosts.start(plan, sandbox);
        boolean created = false;
        try {
            String pane = new PaneLaunch(plan, host, sandbox).launch(request);
            created = true;
            return new TmuxTerminal(new Pane(plan, host, sandbox, pane));
        } finally {
            if (!created) host.close();
        }
    }

    public HeldTerminal open(Plan stored, Sandbox sandbox) {
        PanePlan plan = PanePlan.of(stored);
        PaneHost host = hosts.find(plan, sandbox);
        boolean opened = false;
        try {
            Optional<String> pane = host.findPane(plan);
            if (pane.isEmpty()
                    && host.files(plan).line(host.files(plan).started()).isEmpty()) {
                throw new ResourceLostException("Nothing is left of terminal '" + plan.label() + "' in "
                        + host.files(plan).directory() + "; remove it and start anew");
            }
            opened = true;
            return new TmuxTerminal(new Pane(plan, host, sandbox, pane.orElse(PaneTable.GONE)));
        } finally {
            if (!opened) host.close();
        }
    }

    public RemovalReport remove(Plan stored, Sandbox sandbox, RemovalPolicy policy) {
        PanePlan plan = PanePlan.of(stored);
        try (PaneHost host = hosts.find(plan, sandbox)) {
            RemovalReport report = new PaneRemoval(plan, host, sandbox).remove(policy);
            if (report.complete()) hosts.clear(plan, host, sandbox);
            return report;
        }
    }
}
