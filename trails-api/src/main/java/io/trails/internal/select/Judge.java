package io.trails.internal.select;

import io.trails.Composition;
import io.trails.Isolation;
import io.trails.Mode;
import io.trails.ModeAdvice.Candidate;
import io.trails.Reason;
import io.trails.SessionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says of each mode whether one session may have it, and why not. Single-threaded. */
final class Judge {
    private final SessionSpec spec;
    private final Set<Isolation> needs;
    private final Policies policies;
    private final Composer composer;

    Judge(SessionSpec spec, Set<Isolation> needs, Policies policies, Composer composer) {
        this.spec = spec;
        this.needs = needs;
        this.policies = policies;
        this.composer = composer;
    }

    /** Whether a mode would serve if nobody had named one. */
    boolean serves(Mode mode, List<Rule> rules) {
        Optional<Composition> composition = composer.compose(mode).composition();
        if (composition.isEmpty() || !servesIfNamed(mode, rules)) return false;
        var refusals = new ArrayList<Reason>();
        trust(mode, composition.get(), false, refusals);
        return refusals.isEmpty();
    }

    private boolean servesIfNamed(Mode mode, List<Rule> rules) {
        Composed composed = composer.compose(mode);
        return composed.composition().isPresent()
                && composed.refusals().isEmpty()
                && composed.composition().get().isolation().containsAll(needs)
                && Rules.permit(rules, mode);
    }

    /** The verdict on a mode; {@code first} is the one on the wanted mode, if that was another. */
    Verdict judge(Mode mode, Terms terms, Optional<Verdict> first) {
        Composed composed = composer.compose(mode);
        var refusals = new ArrayList<>(composed.refusals());
        permission(mode, terms.rules(), refusals);
        Optional<Reason> fallback = Optional.empty();
        Optional<Reason> downgrade = Optional.empty();
        if (composed.composition().isPresent()) {
            Composition composition = composed.composition().get();
            boolean standsIn = !Modes.same(mode, terms.wanted().mode());
            capability(composition, refusals);
            trust(mode, composition, terms.wanted().isNamed() && !standsIn, refusals);
            downgrade = downgrade(composition, terms, refusals);
            if (standsIn || isDegraded(mode, composition)) {
                fallback = fallback(mode, composition, terms, first, refusals);
            }
            if (refusals.isEmpty()) floor(composition, terms, refusals);
        }
        boolean fits = composed.composition().isPresent() && refusals.isEmpty();
        var reasons = new ArrayList<>(refusals);
        reasons.addAll(composed.notes());
        if (fits && fallback.isPresent()) reasons.add(fallback.get());
        if (fits && downgrade.isPresent()) reasons.add(downgrade.get());
        return new Verdict(
                new Candidate(mode, composed.composition(), fits, reasons, composed.enforcement()),
                policyOf(refusals),
                fallback,
                downgrade);
    }

    private static Optional<Reason> policyOf(List<Reason> refusals) {
        for (Reason refusal : refusals) if (refusal.code().startsWith("policy.")) return Optional.of(refusal);
        return Optional.empty();
    }

    /** A mode that no rule wants, shown so that the reader knows it exists. */
    Candidate notConsidered(Mode mode, Mode wanted, List<Rule> rules) {
        Composed composed = composer.compose(mode);
        var reasons = new ArrayList<Reason>();
        reasons.add(Reason.of(
                "mode.not-considered",
                "Nobody asks for '" + mode.name() + "', and '" + wanted.name() + "' does not fall back to it",
                servesIfNamed(mode, rules) ? "Ask for it by name" : ""));
        if (composed.composition().isEmpty()) reasons.addAll(composed.refusals());
        return new Candidate(mode, composed.composition(), false, reasons, composed.enforcement());
    }

    private void capability(Composition composition, List<Reason> refusals) {
        if (composition.isolation().containsAll(needs)) return;
        refusals.add(Reason.of(
                "mode.isolation-missing",
                "It does not isolate " + Phrases.beyond(needs, composition.isolation())
                        + ", which the session or its agent requires",
                "Ask for a mode that does, or require less"));
    }

    private static void permission(Mode mode, List<Rule> rules, List<Reason> refusals) {
        for (Rule rule : rules) if (!rule.permits(mode)) refusals.add(rule.refusal(mode));
    }

    /** An agent without anybody's trust works next to the user's own files only if somebody said so by name. */
    private void trust(Mode mode, Composition composition, boolean named, List<Reason> refusals) {
        if (spec.agent().isEmpty() || !composition.isolation().isEmpty()) return;
        if (named && !isDegraded(mode, composition)) return;
        String agent = spec.agent().get();
        if (policies.trusts(agent)) return;
        String byName = named
                ? "Make the first choice of '" + mode.name() + "' usable, or in your settings"
                : "Ask for '" + mode.name() + "' by name in the session, TRAILS_MODE or your settings, or";
        refusals.add(Reason.of(
                "policy.agent-untrusted",
                "It isolates nothing, and agent '" + agent
                        + "' is not trusted to get that without being asked for by name",
                byName + " add '" + agent + "' to security.trusted_agents" + (named ? "" : " in them")));
    }

    private Optional<Reason> downgrade(Composition composition, Terms terms, List<Reason> refusals) {
        if (terms.configured().isEmpty()) return Optional.empty();
        Terms.Configured configured = terms.configured().get();
        if (composition.isolation().containsAll(configured.isolation())) {
            return deviation(composition, terms.wanted().mode(), configured);
        }
        String message = "It does not isolate " + Phrases.beyond(configured.isolation(), composition.isolation())
                + ", as '" + configured.mode() + "' would, which is configured by " + configured.origin();
        if (spec.forced() || !policies.downgradeNeedsForce(terms.withProject())) {
            return Optional.of(Reason.of("mode.downgrade", message));
        }
        refusals.add(Reason.of(
                "policy.downgrade-needs-force", message, "Say force() in the spec, or do not ask for a weaker mode"));
        return Optional.empty();
    }

    /**
     * Less is asked for than is configured, but no less than would be got anyway, since the configured mode cannot be had.
     * That needs no force: otherwise who says what they want would get less far than who does not. But it is told.
     */
    private Optional<Reason> deviation(Composition composition, Mode asked, Terms.Configured configured) {
        Set<Isolation> promised = configured.promised();
        if (composition.isolation().containsAll(promised)
                || composer.promised(asked).containsAll(promised)) {
            return Optional.empty();
        }
        return Optional.of(Reason.of(
                "mode.downgrade",
                "It does not isolate " + Phrases.beyond(promised, composition.isolation()) + ", as '"
                        + configured.wanted() + "' would, which is configured by " + configured.origin()
                        + " but cannot be had here"));
    }

    /** Whether the parts a mode prefers could not be had and what is left of it isolates less. */
    private boolean isDegraded(Mode mode, Composition composition) {
        return !composition.isolation().containsAll(composer.promised(mode));
    }

    private Optional<Reason> fallback(
            Mode mode, Composition composition, Terms terms, Optional<Verdict> first, List<Reason> refusals) {
        Mode wanted = terms.wanted().mode();
        boolean standsIn = !Modes.same(mode, wanted);
        Optional<Reason> refusal = policies.fallbackRefusal(wanted, terms.withProject());
        if (refusal.isEmpty() && standsIn) refusal = policies.leftOutOfChain(mode, terms.withProject());
        if (refusal.isPresent()) {
            refusals.add(refusal.get());
            return Optional.empty();
        }
        String lost = Phrases.beyond(composer.promised(wanted), composition.isolation());
        String weaker = lost.equals("nothing") ? "" : "; not isolated thereby: " + lost;
        if (!standsIn) {
            return Optional.of(Reason.of("mode.fallback", "It goes without its first choice of providers" + weaker));
        }
        if (first.isPresent() && first.get().candidate().fits()) {
            return Optional.of(Reason.of(
                    "mode.fallback", "It would stand in for '" + wanted.name() + "' if that did not fit" + weaker));
        }
        // Refusals come before notes.
        String why = first.isPresent() && !first.get().candidate().reasons().isEmpty()
                ? " (" + first.get().candidate().reasons().get(0).message() + ")"
                : "";
        return Optional.of(Reason.of(
                "mode.fallback", "It stands in for '" + wanted.name() + "', which does not fit" + why + weaker));
    }

    private static void floor(Composition composition, Terms terms, List<Reason> refusals) {
        if (terms.plain().isEmpty()) return;
        Optional<Set<Isolation>> floor = terms.plain().get().isolation();
        if (floor.isPresent() && composition.isolation().containsAll(floor.get())) return;
        refusals.add(Reason.of(
                "settings.project-may-not-loosen",
                floor.isEmpty()
                        ? "Without the project's settings no mode fits, and they cannot change that"
                        : "Without the project's settings the session would isolate " + Phrases.list(floor.get())
                                + ", and they may only tighten",
                "Ask for the mode by name, or change your own settings"));
    }
}
