package io.trails.internal.select;

import io.trails.Enforcement;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.internal.providers.Fatal;
import io.trails.internal.select.Parts.Part;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxSettings;
import io.trails.spi.TerminalProvider;
import io.trails.spi.WorkspaceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether three parts fit together, and what the sandbox among them does about limits. */
final class Joint {
    private static final String ANOTHER = "Let the mode name another provider on one of the two axes";

    private Joint() {}

    /** Why the three cannot be used together, if so. */
    static Optional<Reason> gap(Part workspace, Part sandbox, Part terminal) {
        if (!(workspace.provider().orElse(null) instanceof WorkspaceProvider files)
                || !(sandbox.provider().orElse(null) instanceof SandboxProvider box)
                || !(terminal.provider().orElse(null) instanceof TerminalProvider held)) {
            return Optional.of(incompatible("One of " + workspace.id() + ", " + sandbox.id() + " and " + terminal.id()
                    + " is a provider of another axis"));
        }
        String asked = sandbox.id();
        try {
            if (!box.accepts(files.locationType())) {
                return Optional.of(incompatible("Sandbox '" + sandbox.id()
                        + "' cannot run over the files of workspace '" + workspace.id() + "'"));
            }
            asked = terminal.id();
            for (SandboxCapability required : held.requires()) {
                if (!box.capabilities().contains(required)) {
                    return Optional.of(missing(required, sandbox, terminal));
                }
            }
            return Optional.empty();
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            return Optional.of(Parts.failure(asked, broken));
        }
    }

    private static Reason incompatible(String message) {
        return Reason.of("composition.incompatible", message, ANOTHER);
    }

    private static Reason missing(SandboxCapability required, Part sandbox, Part terminal) {
        String message = "Terminal '" + terminal.id() + "' needs " + required + ", which sandbox '" + sandbox.id()
                + "' does not have";
        if (required != SandboxCapability.MARKS) return incompatible(message);
        return Reason.of(
                "composition.incompatible",
                message + ": it could not find and end what a server outside starts for the session",
                ANOTHER + "; 'host' has it where /proc can be read");
    }

    /** What the sandbox does about each limit and the network policy; what it leaves open counts as refused. */
    static List<Enforcement> enforcement(
            Part sandbox, SessionSpec spec, SandboxSettings settings, List<Reason> refusals) {
        boolean open = spec.network() instanceof NetworkPolicy.Open;
        if (spec.limits().isEmpty() && open) return List.of();
        var answers = new ArrayList<Enforcement>();
        if (sandbox.provider().orElse(null) instanceof SandboxProvider box) {
            try {
                answers.addAll(box.enforcement(spec.limits(), spec.network(), settings));
            } catch (Throwable broken) {
                Fatal.rethrow(broken);
                refusals.add(Parts.failure(sandbox.id(), broken));
            }
        }
        for (Limits.Kind kind : spec.limits().asMap().keySet()) require(kind.name(), sandbox, answers);
        if (!open) require("NETWORK", sandbox, answers);
        for (Enforcement answer : answers) {
            if (answer.level() != Enforcement.Level.REFUSED) continue;
            refusals.add(Reason.of(
                    answer.subject().equals("NETWORK") ? "network.refused" : "limit.refused",
                    "'" + sandbox.id() + "' cannot keep to " + answer.subject()
                            + ", and nothing that is asked for is ignored",
                    "Use a sandbox that can, or do without it"));
        }
        return answers;
    }

    private static void require(String subject, Part sandbox, List<Enforcement> answers) {
        for (Enforcement answer : answers) if (answer.subject().equals(subject)) return;
        answers.add(new Enforcement(
                subject,
                Enforcement.Level.REFUSED,
                Reason.of("limit.unanswered", "'" + sandbox.id() + "' does not say what it would do about it")));
    }
}
