package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.internal.state.OwnDirectory;
import io.trails.internal.state.SessionId;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredPart;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxUnreachableException;
import io.trails.spi.TerminalProvider;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Plans, creates, takes up and removes what a session stands on. Thread-safe; keeps nothing itself. */
final class Assembler {
    /** What the engine adds to a terminal's plan: it tells each launch from the one before. */
    static final String LAUNCH = "trails.launch";

    static final String WORKSPACE = "workspace";
    static final String SANDBOX = "sandbox";

    private final Services services;

    Assembler(Services services) {
        this.services = services;
    }

    /**
     * The record with the plans of its workspace and sandbox, and with a life of its own. Touches nothing. What is planned
     * already stays as it is: a session of an older trails may lack one plan or the other.
     */
    SessionRecord plan(SessionRecord unplanned, Beginning beginning) {
        Parts parts = Parts.of(unplanned, services.catalog());
        SessionRecord record = unplanned.withLife(draw());
        SessionRecord planned = record;
        if (isUnplanned(record, Axis.WORKSPACE)) {
            WorkspaceRequest request =
                    beginning.tell(request(record), parts.workspace()).build();
            Plan plan = parts.workspace().plan(request);
            planned = planned.withPart(
                    Axis.WORKSPACE, new StoredPart(parts.workspace().id(), plan, false));
        }
        if (isUnplanned(record, Axis.SANDBOX)) {
            Location location =
                    parts.workspace().locate(Parts.part(planned, Axis.WORKSPACE).plan());
            SandboxRequest.Builder request = sandboxRequest(record, location, parts);
            Plan plan = parts.sandbox().plan(beginning.tell(request).build());
            planned = planned.withPart(
                    Axis.SANDBOX, new StoredPart(parts.sandbox().id(), plan, false));
        }
        return planned;
    }

    /** Not secret: it has to be new, and nothing that whoever wrote a repository could foresee. */
    private static String draw() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    static boolean isUnplanned(SessionRecord record, Axis axis) {
        StoredPart part = Parts.part(record, axis);
        return !part.created() && part.plan().values().isEmpty();
    }

    /** Creates what was planned; what has to be undone if a later step fails goes onto the stack. */
    Live create(SessionRecord record, Undo undo) {
        Parts parts = Parts.of(record, services.catalog());
        OwnDirectory own = own(record);
        own.create();
        undo.push(own::delete);

        WorkspaceRequest files = workspaceRequest(record);
        own.resolve(WORKSPACE).create();
        Plan workspacePlan = Parts.part(record, Axis.WORKSPACE).plan();
        undo.push(() -> insistOnRemoval(parts.workspace().remove(workspacePlan, files, RemovalPolicy.safe())));
        Workspace workspace = parts.workspace().create(workspacePlan, files);

        SandboxRequest processes =
                sandboxRequest(record, workspace.location(), parts).build();
        own.resolve(SANDBOX).create();
        Plan sandboxPlan = Parts.part(record, Axis.SANDBOX).plan();
        undo.push(() -> insistOnRemoval(
                parts.sandbox().remove(sandboxPlan, RemovalPolicy.safe().endingProcesses())));
        Sandbox sandbox = parts.sandbox().create(sandboxPlan, processes);
        undo.push(sandbox::close);
        return live(workspace, sandbox, parts, record);
    }

    private Live live(Workspace workspace, Sandbox sandbox, Parts parts, SessionRecord record) {
        return new Live(workspace, sandbox, isOwn(parts), record, services.clock());
    }

    /** Whether the session's files are its own, and not the project's. */
    private static boolean isOwn(Parts parts) {
        return parts.workspace().isolates().contains(Isolation.FILES);
    }

    /**
     * Takes up what was created, also in another JVM. A part that an earlier removal took away while another was kept is
     * created again. A sandbox that cannot be reached now is taken up later: the files can do without.
     *
     * @throws ResourceLostException if something of it is gone
     */
    Live open(SessionRecord record) {
        Parts parts = Parts.of(record, services.catalog());
        StoredPart files = Parts.part(record, Axis.WORKSPACE);
        Workspace workspace;
        OwnDirectory own = own(record);
        own.resolve(SANDBOX).check();
        if (files.created()) {
            own.resolve(WORKSPACE).check();
            workspace = parts.workspace().open(files.plan(), workspaceRequest(record));
        } else {
            own.resolve(WORKSPACE).create();
            workspace = parts.workspace().create(files.plan(), workspaceRequest(record));
        }
        StoredPart processes = Parts.part(record, Axis.SANDBOX);
        SandboxRequest request =
                sandboxRequest(record, workspace.location(), parts).build();
        if (processes.created()) return live(workspace, reach(parts, processes.plan(), request, record), parts, record);
        own.resolve(SANDBOX).create();
        return live(workspace, parts.sandbox().create(processes.plan(), request), parts, record);
    }

    private Sandbox reach(Parts parts, Plan plan, SandboxRequest request, SessionRecord record) {
        try {
            return parts.sandbox().open(plan, request);
        } catch (SandboxUnreachableException absent) {
            services.journal()
                    .note(
                            "sandbox.unreachable",
                            TrailsEvent.Type.SANDBOX_UNREACHABLE,
                            record.name(),
                            Reason.of(
                                    absent.code(),
                                    String.valueOf(absent.getMessage()),
                                    "The session's files can be used meanwhile; the next command tries again"));
            return new DeferredSandbox(
                    parts.sandbox().capabilities(), () -> parts.sandbox().open(plan, request), absent);
        }
    }

    TerminalProvider terminalProvider(StoredPart part) {
        return (TerminalProvider) services.catalog()
                .find(Axis.TERMINAL, part.provider())
                .orElseThrow(() -> new TrailsException(
                        "provider.missing",
                        "A terminal stands on provider '" + part.provider()
                                + "', which was not found; add its module again. Commands and files need no terminal"));
    }

    /**
     * The directory of one launch of a terminal. Each has one of its own, so that nobody who still removes what is left of a
     * launch touches the next one. A terminal of a trails that did not do so yet has no launch in its plan.
     */
    OwnDirectory terminalDirectory(SessionRecord record, String name, Plan plan) {
        Optional<String> launch = plan.find(LAUNCH);
        String own = launch.isPresent() ? name + "-" + launch.get() : name;
        // Both come from the state, which may have come with a repository: they must not lead anywhere else.
        if (!SessionId.isSafe(own)) {
            throw new TrailsException(
                    "session.lost",
                    "Session '" + record.name() + "' has a terminal called '" + own
                            + "', which trails never names one; correct state.json");
        }
        return own(record).resolve("terminal-" + own);
    }

    OwnDirectory own(SessionRecord record) {
        return services.state().sessionDirectory(record);
    }

    /** The sandbox, to look into it before it is removed; empty if it is gone or cannot be looked into. */
    Optional<Sandbox> sandbox(SessionRecord record) {
        if (!Parts.arePresent(record, services.catalog())) return Optional.empty();
        Parts parts = Parts.of(record, services.catalog());
        try {
            Location location =
                    parts.workspace().locate(Parts.part(record, Axis.WORKSPACE).plan());
            SandboxRequest request = sandboxRequest(record, location, parts).build();
            return Optional.of(
                    parts.sandbox().open(Parts.part(record, Axis.SANDBOX).plan(), request));
        } catch (ResourceLostException gone) {
            return Optional.empty();
        }
    }

    /** What is only told to a plan is not in it. */
    WorkspaceRequest workspaceRequest(SessionRecord record) {
        return request(record).build();
    }

    private WorkspaceRequest.Builder request(SessionRecord record) {
        Path own = own(record).resolve(WORKSPACE).path();
        return WorkspaceRequest.builder(record.id(), services.project(), own)
                .stateDirectory(stateDirectory())
                .environment(services.environment())
                .settings(services.defaults().workspace())
                .clock(services.clock());
    }

    /** As a walk through the project meets it. */
    Path stateDirectory() {
        Path directory = services.state().directory();
        if (directory.equals(services.project().resolve(".trails"))) return directory;
        try {
            return directory.toRealPath();
        } catch (IOException gone) {
            return directory.normalize();
        }
    }

    /** What is only told to a plan is not in it. */
    private SandboxRequest.Builder sandboxRequest(SessionRecord record, Location location, Parts parts) {
        Path own = own(record).resolve(SANDBOX).path();
        return SandboxRequest.builder(record.id(), location, own)
                .settings(services.defaults().sandbox())
                .stateDirectory(stateDirectory())
                .limits(record.limits())
                .network(record.network())
                .environment(services.environment())
                .breachReporter(breach -> services.journal()
                        .note("limit.exceeded", TrailsEvent.Type.LIMIT_EXCEEDED, record.name(), breach))
                .bringsBack(isOwn(parts))
                .noticeReporter(Notices.of(services.journal(), record.name()));
    }

    private static void insistOnRemoval(RemovalReport report) {
        if (report.complete()) return;
        RemovalReport.Item first = report.kept().get(0);
        throw new TrailsException(
                "session.not-undone",
                first.what() + " could not be removed again: " + first.reason().message()
                        + "; the next start of trails tries again");
    }
}
