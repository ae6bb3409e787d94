package io.trails.internal.select;

import io.trails.AgentProfile;
import io.trails.Isolation;
import io.trails.Mode;
import io.trails.ModeAdvice;
import io.trails.ModeAdvice.Candidate;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.TrailsException;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.select.Precedence.Voice;
import io.trails.internal.settings.AgentProfiles;
import io.trails.internal.settings.SettingsLayer;
import io.trails.internal.settings.Surroundings;
import io.trails.spi.SandboxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Selects the mode of each session of one project. Immutable, apart from what the catalog caches. */
public final class ModeSelector {
    private final AgentProfiles agents;
    private final Surroundings surroundings;
    private final Modes modes;
    private final Precedence precedence;
    private final Rules rules;
    private final Policies policies;
    private final FallbackChain chain;
    private final Parts parts;
    private final SandboxSettings sandbox;
    private final boolean hasProjectSettings;

    /**
     * A selector.
     *
     * @param hostPolicy {@link SecurityPolicy#empty()} if the host has none
     * @param sandbox what sandboxes are told when they are made: they answer for the same
     * @throws TrailsException {@code settings.invalid} if a rule, a setting or {@code TRAILS_MODE} names a mode that does
     *     not exist
     */
    public ModeSelector(
            Path project,
            List<SettingsLayer> layers,
            SecurityPolicy hostPolicy,
            List<Mode> hostModes,
            AgentProfiles agents,
            Surroundings surroundings,
            Map<String, String> environment,
            SandboxSettings sandbox,
            ProviderCatalog catalog) {
        this.agents = agents;
        this.surroundings = surroundings;
        this.sandbox = sandbox;
        Layers sorted = Layers.of(layers);
        modes = new Modes(hostModes, sorted);
        precedence = new Precedence(sorted, modes, environment);
        rules = new Rules(project, hostPolicy, sorted, modes);
        policies = new Policies(hostPolicy, sorted, modes);
        chain = new FallbackChain(sorted, modes);
        parts = new Parts(catalog, surroundings, sandbox);
        hasProjectSettings = !sorted.project().isEmpty();
    }

    /**
     * Selects. Has no side effect.
     *
     * @throws TrailsException {@code agent.unknown} if the spec names an agent that nobody knows
     */
    public Selection select(SessionSpec spec) {
        Optional<AgentProfile> profile = agents.find(spec);
        Set<Isolation> needs = EnumSet.noneOf(Isolation.class);
        needs.addAll(spec.requires());
        if (profile.isPresent()) needs.addAll(profile.get().requires());
        List<Voice> voices = precedence.voices(spec);
        var composer = new Composer(parts, spec, sandbox);
        var choice = new Choice(spec, needs, voices, rules, policies, modes, chain, composer);
        Outcome plain = choice.decide(false, true);
        Outcome outcome = hasProjectSettings ? choice.decide(true, true) : plain;
        List<Rule> binding = rules.concerning(spec.agent(), true);
        Optional<Mode> recommended = choice.recommended(true);
        var advice = new ModeAdvice(
                candidates(outcome, choice.judge(), binding),
                Considered.of(spec, voices, outcome, plain, binding, policies, surroundings, parts.headlessFirst()),
                recommended.isPresent() ? Optional.of(recommended.get().name()) : Optional.empty());
        Optional<Verdict> best = outcome.best();
        return new Selection(
                advice,
                profile,
                outcome.wanted().mode(),
                grounds(spec, outcome.wanted()),
                best.isPresent() ? best.get().fallback() : Optional.empty(),
                best.isPresent() ? best.get().downgrade() : Optional.empty(),
                outcome.refusal(),
                policies.auditRequired());
    }

    private Map<String, String> grounds(SessionSpec spec, Wanted wanted) {
        var grounds = new LinkedHashMap<String, String>();
        boolean recommended = wanted.voice().isEmpty() && spec.complexity().isPresent();
        grounds.put("decided_by", recommended ? "the complexity of the task" : wanted.origin());
        grounds.put("wanted", wanted.mode().name());
        grounds.put("forced", String.valueOf(spec.forced()));
        if (spec.agent().isPresent()) {
            grounds.put("trusted", String.valueOf(policies.trusts(spec.agent().get())));
        }
        return grounds;
    }

    private List<Candidate> candidates(Outcome outcome, Judge judge, List<Rule> rules) {
        var candidates = new ArrayList<Candidate>();
        var tried = new ArrayList<Mode>();
        for (Verdict verdict : outcome.verdicts()) {
            candidates.add(verdict.candidate());
            tried.add(verdict.candidate().mode());
        }
        for (Mode mode : modes.all()) {
            if (Modes.contains(tried, mode)) continue;
            candidates.add(judge.notConsidered(mode, outcome.wanted().mode(), rules));
        }
        return candidates;
    }
}
