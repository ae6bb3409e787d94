package io.trails.internal.select;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.internal.select.Precedence.Voice;
import io.trails.internal.settings.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** Tells which rules and facts had a say, and what came of it. */
final class Considered {
    private Considered() {}

    static List<Reason> of(
            SessionSpec spec,
            List<Voice> voices,
            Outcome outcome,
            Outcome plain,
            List<Rule> rules,
            Policies policies,
            Surroundings surroundings,
            boolean headlessFirst) {
        var considered = new ArrayList<Reason>();
        for (Voice voice : voices) considered.add(voice.considered(effect(voice, outcome, plain)));
        considered.add(fallbackRule(spec, outcome));
        for (Rule rule : rules) considered.add(rule.considered());
        if (spec.agent().isPresent()) considered.add(policies.trust(spec.agent().get()));
        considered.addAll(policies.ignored());
        considered.addAll(surroundings.reasons());
        if (headlessFirst) {
            considered.add(Reason.of(
                    "environment.headless-first", "Headless terminals go first, since nobody can attach to one in CI"));
        }
        return considered;
    }

    private static String effect(Voice voice, Outcome outcome, Outcome plain) {
        Wanted wanted = outcome.wanted();
        boolean decides = isOf(voice, wanted);
        if (decides) return decision(wanted);
        if (isOf(voice, plain.wanted())) return ", tightened by the project";
        if (voice.trusted() || isBehind(voice, wanted)) return ", outranked";
        boolean agrees = voice.mode().isPresent() && Modes.same(voice.mode().get(), wanted.mode());
        return agrees ? ", which agrees" : ", not followed: a project may only tighten";
    }

    private static String decision(Wanted wanted) {
        return wanted.raised()
                ? ", raised to '" + wanted.mode().name() + "', which gives what is required here"
                : ", which decides";
    }

    private static boolean isOf(Voice voice, Wanted wanted) {
        return wanted.voice().isPresent() && wanted.voice().get().rank() == voice.rank();
    }

    /** Whether somebody of higher precedence was heard: then what a project would loosen is not the point. */
    private static boolean isBehind(Voice voice, Wanted wanted) {
        return wanted.voice().isPresent() && wanted.voice().get().rank() < voice.rank();
    }

    private static Reason fallbackRule(SessionSpec spec, Outcome outcome) {
        boolean decides = outcome.wanted().voice().isEmpty();
        if (spec.complexity().isPresent()) {
            String task = "The task's complexity, " + spec.complexity().get();
            return Reason.of(
                    "rule.complexity",
                    decides
                            ? task + ": '" + outcome.wanted().mode().name() + "', which decides"
                            : task + ": outranked");
        }
        return Reason.of(
                "rule.default",
                "The default: '" + Mode.WORKTREE.name() + "'" + (decides ? decision(outcome.wanted()) : ", outranked"));
    }
}
