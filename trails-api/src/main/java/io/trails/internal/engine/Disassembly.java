package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.internal.state.OwnDirectory;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredPart;
import io.trails.spi.Provider;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxUnreachableException;
import io.trails.spi.TerminalProvider;
import io.trails.spi.WorkspaceProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Takes apart what one session stands on: terminals, sandbox, workspace. Stops at the first of them that keeps something,
 * since the others may be in use by it. What nobody can remove because its provider is missing is kept as well, or forgotten
 * if the policy says so; so is a sandbox that cannot be reached. Single-threaded, for one removal.
 */
final class Disassembly {
    private final OwnDirectory own;
    private final Services services;
    private final Assembler assembler;
    private final SessionRecord record;
    private final RemovalPolicy policy;
    private final SavedRecordings recordings;
    private SessionRecord left;
    private RemovalReport report = RemovalReport.nothing();
    /** Whether something was forgotten that may still need what the session's directory holds. */
    private boolean unseen;

    private Disassembly(
            OwnDirectory own,
            Services services,
            Assembler assembler,
            SessionRecord record,
            RemovalPolicy policy,
            SavedRecordings recordings) {
        this.own = own;
        this.services = services;
        this.assembler = assembler;
        this.record = record;
        this.policy = policy;
        this.recordings = recordings;
        this.left = record;
    }

    static Disassembly of(
            SessionRecord record,
            Services services,
            Assembler assembler,
            RemovalPolicy policy,
            SavedRecordings recordings) {
        return new Disassembly(assembler.own(record), services, assembler, record, policy, recordings);
    }

    /** Goes as far as it can; what it came to is known also if it throws. */
    RemovalReport run() {
        own.resolve(Assembler.WORKSPACE).check();
        own.resolve(Assembler.SANDBOX).check();
        boolean goesOn = inReach("the terminals", this::terminals) && inReach("the sandbox", this::sandbox);
        if (goesOn && workspace()) directory();
        return report;
    }

    /**
     * What the sandbox still has can only be told by what it runs on.
     *
     * @return whether the removal goes on
     */
    private boolean inReach(String what, BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (SandboxUnreachableException absent) {
            LoggerFactory.getLogger(Disassembly.class)
                    .debug("The sandbox of session {} cannot be reached", record.name(), absent);
            unseen = true;
            Reason reason = Reason.of(
                    absent.code(),
                    String.valueOf(absent.getMessage()),
                    "Remove the session when it can be reached, or with RemovalPolicy.forgetting(), which leaves this where it is");
            report = report.and(
                    policy.forgets() ? RemovalReport.forgotten(what, reason) : RemovalReport.kept(what, reason));
            return policy.forgets();
        }
    }

    /** What the session still stands on. */
    SessionRecord left() {
        return left;
    }

    /** A terminal without a provider stops nothing: what it ran in the sandbox is found there. */
    private boolean terminals() {
        if (record.terminals().isEmpty()) return true;
        // Without the sandbox nobody can see what runs in a terminal: then its files stay as long as the session's do.
        Optional<Sandbox> sandbox = assembler.sandbox(record);
        if (sandbox.isEmpty()) return true;
        List<Map.Entry<String, StoredPart>> terminals =
                new ArrayList<>(record.terminals().entrySet());
        Collections.reverse(terminals);
        try (Sandbox open = sandbox.get()) {
            if (policy.endsProcesses() && record.recording().isPresent()) stop(open);
            for (Map.Entry<String, StoredPart> terminal : terminals) {
                StoredPart part = terminal.getValue();
                Optional<Provider> provider = services.catalog().find(Axis.TERMINAL, part.provider());
                if (provider.isEmpty()) {
                    missing("the terminal '" + terminal.getKey() + "'", part);
                    continue;
                }
                OwnDirectory directory = assembler.terminalDirectory(record, terminal.getKey(), part.plan());
                directory.check();
                if (!saved(terminal.getKey(), part, open)) return false;
                boolean gone = add(((TerminalProvider) provider.get()).remove(part.plan(), open, policy));
                if (!gone) {
                    recordings.forget(record, terminal.getKey(), part);
                    return false;
                }
                directory.delete();
                left = left.withoutTerminal(terminal.getKey());
            }
        }
        return true;
    }

    /** So that recordings have the end. What does not end is found again, and told of, by who removes it. */
    private void stop(Sandbox sandbox) {
        try {
            sandbox.stop();
        } catch (TrailsException left) {
            LoggerFactory.getLogger(Disassembly.class).debug("Processes of session {} do not end", record.name(), left);
        }
    }

    /** @return whether the removal goes on */
    private boolean saved(String terminal, StoredPart part, Sandbox sandbox) {
        try {
            recordings.save(record, terminal, part, sandbox, policy.endsProcesses());
            return true;
        } catch (TrailsException unsaved) {
            if (!unsaved.code().equals("recording.unsaved")) throw unsaved;
            LoggerFactory.getLogger(Disassembly.class)
                    .debug("A recording of session {} is not saved", record.name(), unsaved);
            Reason reason = Reason.of(
                    unsaved.code(),
                    String.valueOf(unsaved.getMessage()),
                    "RemovalPolicy.forgetting() gives the recording up");
            report = report.and(
                    policy.forgets()
                            ? RemovalReport.forgotten("the recording of terminal '" + terminal + "'", reason)
                            : RemovalReport.kept("terminal '" + terminal + "'", reason));
            return policy.forgets();
        }
    }

    private boolean sandbox() {
        StoredPart part = Parts.part(record, Axis.SANDBOX);
        Optional<Provider> provider = services.catalog().find(Axis.SANDBOX, part.provider());
        // Somebody may be at work in a sandbox that nobody sees: its files stay, unless the host gave it up.
        if (provider.isEmpty()) return missing("the sandbox", part);
        if (!add(((SandboxProvider) provider.get()).remove(part.plan(), policy))) return false;
        left = left.withPart(Axis.SANDBOX, part.withCreated(false));
        return true;
    }

    private boolean workspace() {
        StoredPart part = Parts.part(record, Axis.WORKSPACE);
        Optional<Provider> provider = services.catalog().find(Axis.WORKSPACE, part.provider());
        if (provider.isEmpty()) return missing("the workspace", part);
        if (!add(((WorkspaceProvider) provider.get()).remove(part.plan(), assembler.workspaceRequest(record), policy)))
            return false;
        left = left.withPart(Axis.WORKSPACE, part.withCreated(false));
        return true;
    }

    /** What providers kept for themselves goes last, unless one of them could not say what that is worth. */
    private void directory() {
        if (!report.complete()) return;
        if (!unseen) {
            own.delete();
            return;
        }
        report = report.and(RemovalReport.forgotten(
                "the directory " + own.path(),
                Reason.of(
                        "session.abandoned",
                        "Providers that were not found, or could not reach what they need, may keep something in it",
                        "Delete it by hand if nothing of it is needed")));
    }

    /** @return whether all of it is gone */
    private boolean add(RemovalReport next) {
        report = report.and(next);
        return next.complete();
    }

    /** @return whether the removal goes on without it */
    private boolean missing(String what, StoredPart part) {
        unseen = true;
        String named = what + " of provider '" + part.provider() + "' with the plan "
                + part.plan().values();
        Reason reason = Reason.of(
                "provider.missing",
                "Its provider was not found, and nobody else can remove it",
                "Add its module again, or remove the session with RemovalPolicy.forgetting(), which leaves this where it is");
        report = report.and(
                policy.forgets() ? RemovalReport.forgotten(named, reason) : RemovalReport.kept(named, reason));
        return policy.forgets();
    }
}
