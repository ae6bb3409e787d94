package io.trails.internal.select;

import io.trails.Isolation;
import io.trails.Mode;
import io.trails.SessionSpec;
import io.trails.TaskComplexity;
import io.trails.internal.select.Precedence.Voice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the choice for one session. Single-threaded.
 *
 * <p>It is made first without the project's settings. With them it is made again, and then everything that isolates less
 * than the first result is out. So whatever a repository brings, it can only tighten.
 */
final class Choice {
    private final SessionSpec spec;
    private final Set<Isolation> needs;
    private final List<Voice> voices;
    private final Rules rules;
    private final Policies policies;
    private final Modes modes;
    private final FallbackChain chain;
    private final Composer composer;
    private final Judge judge;

    Choice(
            SessionSpec spec,
            Set<Isolation> needs,
            List<Voice> voices,
            Rules rules,
            Policies policies,
            Modes modes,
            FallbackChain chain,
            Composer composer) {
        this.spec = spec;
        this.needs = needs;
        this.voices = voices;
        this.rules = rules;
        this.policies = policies;
        this.modes = modes;
        this.chain = chain;
        this.composer = composer;
        judge = new Judge(spec, needs, policies, composer);
    }

    Judge judge() {
        return judge;
    }

    /** The choice with or without the project's settings, and with or without the mode the session itself asks for. */
    Outcome decide(boolean withProject, boolean withSession) {
        Optional<Outcome> plain = withProject ? Optional.of(decide(false, withSession)) : Optional.empty();
        Wanted trusted = plain.isPresent() ? plain.get().wanted() : wanted(withSession);
        List<Mode> order = chain.from(trusted.mode(), composer);
        Wanted wanted = trusted;
        if (plain.isPresent()) {
            Optional<Voice> project = projectVoice(withSession, trusted, plain.get());
            if (project.isPresent()) {
                Mode mode = project.get().mode().orElse(trusted.mode());
                wanted = new Wanted(mode, project, false);
                order = ahead(mode, order);
            }
        }
        var terms = new Terms(
                wanted,
                rules.concerning(spec.agent(), withProject),
                withProject,
                withSession ? configured(withProject) : Optional.empty(),
                plain);
        var verdicts = new ArrayList<Verdict>();
        for (Mode mode : order) {
            Optional<Verdict> first = verdicts.isEmpty() ? Optional.empty() : Optional.of(verdicts.get(0));
            verdicts.add(judge.judge(mode, terms, first));
        }
        return new Outcome(wanted, verdicts);
    }

    private static List<Mode> ahead(Mode first, List<Mode> order) {
        var reordered = new ArrayList<Mode>();
        reordered.add(first);
        for (Mode mode : order) if (!Modes.same(mode, first)) reordered.add(mode);
        return reordered;
    }

    /** The project's own wish, if it is not outranked and only tightens. */
    private Optional<Voice> projectVoice(boolean withSession, Wanted trusted, Outcome plain) {
        Optional<Voice> voice = Precedence.first(voices, withSession, false);
        if (voice.isEmpty() || voice.get().mode().isEmpty()) return Optional.empty();
        Mode mode = voice.get().mode().get();
        Set<Isolation> promised = composer.promised(mode);
        boolean tightens = !Modes.same(mode, trusted.mode())
                && promised.containsAll(composer.promised(trusted.mode()))
                && plain.isolation().isPresent()
                && promised.containsAll(plain.isolation().get());
        return tightens ? voice : Optional.empty();
    }

    private Wanted wanted(boolean withSession) {
        Optional<Voice> voice = Precedence.first(voices, withSession, true);
        if (voice.isPresent() && voice.get().mode().isPresent()) {
            Mode mode = voice.get().mode().get();
            if (voice.get().isSession()) return new Wanted(mode, voice, false);
            Mode raised = raised(mode);
            return new Wanted(raised, voice, !Modes.same(raised, mode));
        }
        if (spec.complexity().isEmpty()) {
            Mode raised = raised(Mode.WORKTREE);
            return new Wanted(raised, Optional.empty(), !Modes.same(raised, Mode.WORKTREE));
        }
        Mode ideal = raised(ideal());
        return new Wanted(recommended(false).orElse(ideal), Optional.empty(), false);
    }

    /**
     * The mode itself, or the least one that isolates as much and can meet what the session requires and the rules allow.
     * One that can be used here goes before one that cannot.
     */
    private Mode raised(Mode mode) {
        List<Rule> binding = rules.concerning(spec.agent(), false);
        if (suffices(mode, Set.of(), binding)) return mode;
        var order = new ArrayList<Mode>();
        for (int i = chain.modes().size() - 1; i >= 0; i--)
            order.add(chain.modes().get(i));
        for (Mode known : modes.trusted()) if (!Modes.contains(order, known)) order.add(known);
        Optional<Mode> possible = Optional.empty();
        for (Mode higher : order) {
            if (!suffices(higher, composer.promised(mode), binding)) continue;
            if (judge.serves(higher, binding)) return higher;
            if (possible.isEmpty()) possible = Optional.of(higher);
        }
        return possible.orElse(mode);
    }

    private boolean suffices(Mode mode, Set<Isolation> atLeast, List<Rule> binding) {
        Set<Isolation> promised = composer.promised(mode);
        return promised.containsAll(needs) && promised.containsAll(atLeast) && Rules.permit(binding, mode);
    }

    /** What suits the task, whether or not it can be had. */
    private Mode ideal() {
        TaskComplexity complexity = spec.complexity().orElse(TaskComplexity.MODERATE);
        if (complexity == TaskComplexity.COMPLEX) return Mode.CONTAINER;
        boolean trusted = spec.agent().isEmpty() || policies.trusts(spec.agent().get());
        return complexity == TaskComplexity.SIMPLE && trusted ? Mode.DIRECT : Mode.WORKTREE;
    }

    /** What trails would take if nobody had named a mode. */
    Optional<Mode> recommended(boolean withProject) {
        List<Rule> binding = rules.concerning(spec.agent(), withProject);
        for (Mode mode : chain.from(raised(ideal()), composer)) {
            if (judge.serves(mode, binding)) return Optional.of(mode);
        }
        return Optional.empty();
    }

    /** What a session that asks for no mode gets, if somebody configured it. */
    private Optional<Terms.Configured> configured(boolean withProject) {
        if (spec.mode().isEmpty()) return Optional.empty();
        Outcome outcome = decide(withProject, false);
        Optional<Terms.Configured> plain = withProject ? configured(false) : Optional.empty();
        if (!outcome.wanted().isConfigured()) return plain;
        Set<Isolation> promised = EnumSet.noneOf(Isolation.class);
        promised.addAll(composer.promised(outcome.wanted().mode()));
        Set<Isolation> isolation = EnumSet.noneOf(Isolation.class);
        isolation.addAll(outcome.isolation().isPresent() ? outcome.isolation().get() : promised);
        if (plain.isPresent()) {
            isolation.addAll(plain.get().isolation());
            promised.addAll(plain.get().promised());
        }
        Mode mode = outcome.best().isPresent()
                ? outcome.best().get().candidate().mode()
                : outcome.wanted().mode();
        return Optional.of(new Terms.Configured(
                isolation,
                mode.name(),
                promised,
                outcome.wanted().mode().name(),
                outcome.wanted().origin()));
    }
}
