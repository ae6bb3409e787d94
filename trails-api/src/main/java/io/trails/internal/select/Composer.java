package io.trails.internal.select;

import io.trails.Axis;
import io.trails.Composition;
import io.trails.Enforcement;
import io.trails.Isolation;
import io.trails.Mode;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.internal.select.Parts.Part;
import io.trails.spi.SandboxSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the composition of each mode for one spec. Single-threaded. */
final class Composer {
    private final Parts parts;
    private final SessionSpec spec;
    private final SandboxSettings settings;
    private final IdentityHashMap<Mode, Composed> known = new IdentityHashMap<>();

    Composer(Parts parts, SessionSpec spec, SandboxSettings settings) {
        this.parts = parts;
        this.spec = spec;
        this.settings = settings;
    }

    Set<Isolation> promised(Mode mode) {
        return parts.promised(mode);
    }

    Composed compose(Mode mode) {
        Composed composed = known.get(mode);
        if (composed == null) {
            composed = composeAnew(mode);
            known.put(mode, composed);
        }
        return composed;
    }

    private Composed composeAnew(Mode mode) {
        List<Part> workspaces = parts.of(mode, Axis.WORKSPACE);
        List<Part> sandboxes = parts.of(mode, Axis.SANDBOX);
        List<Part> terminals = parts.of(mode, Axis.TERMINAL);
        var refusals = new ArrayList<Reason>();
        for (List<Part> axis : List.of(workspaces, sandboxes, terminals)) {
            if (usable(axis).isEmpty()) for (Part part : axis) refusals.addAll(part.reasons());
        }
        // The terminal varies first: it matters least for what is isolated.
        for (Part workspace : usable(workspaces)) {
            for (Part sandbox : usable(sandboxes)) {
                for (Part terminal : usable(terminals)) {
                    Optional<Reason> gap = Joint.gap(workspace, sandbox, terminal);
                    if (gap.isEmpty())
                        return joined(workspace, sandbox, terminal, List.of(workspaces, sandboxes, terminals));
                    refusals.add(gap.get());
                }
            }
        }
        return new Composed(Optional.empty(), distinct(refusals), List.of(), List.of());
    }

    private static List<Part> usable(List<Part> axis) {
        var usable = new ArrayList<Part>();
        for (Part part : axis) if (part.provider().isPresent()) usable.add(part);
        return usable;
    }

    private static List<Reason> distinct(List<Reason> reasons) {
        var distinct = new ArrayList<Reason>();
        for (Reason reason : reasons) if (!distinct.contains(reason)) distinct.add(reason);
        return distinct;
    }

    private Composed joined(Part workspace, Part sandbox, Part terminal, List<List<Part>> axes) {
        Set<Isolation> isolation = EnumSet.noneOf(Isolation.class);
        var notes = new ArrayList<Reason>();
        List<Part> chosen = List.of(workspace, sandbox, terminal);
        for (int axis = 0; axis < chosen.size(); axis++) {
            isolation.addAll(chosen.get(axis).isolates());
            for (Part passedOver : axes.get(axis)) {
                if (passedOver.id().equals(chosen.get(axis).id())) break;
                notes.addAll(passedOver.reasons());
            }
            notes.addAll(chosen.get(axis).reasons());
        }
        var refusals = new ArrayList<Reason>();
        List<Enforcement> enforcement = Joint.enforcement(sandbox, spec, settings, refusals);
        var composition = new Composition(workspace.id(), sandbox.id(), terminal.id(), isolation);
        return new Composed(Optional.of(composition), refusals, notes, enforcement);
    }
}
