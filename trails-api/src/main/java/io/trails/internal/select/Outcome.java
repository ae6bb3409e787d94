package io.trails.internal.select;

import io.trails.Composition;
import io.trails.Isolation;
import io.trails.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a choice comes out: the verdicts in the order in which the modes were tried. */
record Outcome(Wanted wanted, List<Verdict> verdicts) {
    Optional<Verdict> best() {
        for (Verdict verdict : verdicts) if (verdict.candidate().fits()) return Optional.of(verdict);
        return Optional.empty();
    }

    /** What the best one isolates. */
    Optional<Set<Isolation>> isolation() {
        Optional<Verdict> best = best();
        if (best.isEmpty()) return Optional.empty();
        Optional<Composition> composition = best.get().candidate().composition();
        return composition.isEmpty()
                ? Optional.empty()
                : Optional.of(composition.get().isolation());
    }

    /** The first thing the policy refused on the way to the best one. */
    Optional<Reason> refusal() {
        for (Verdict verdict : verdicts) {
            if (verdict.candidate().fits()) return Optional.empty();
            if (verdict.policy().isPresent()) return verdict.policy();
        }
        return Optional.empty();
    }
}
