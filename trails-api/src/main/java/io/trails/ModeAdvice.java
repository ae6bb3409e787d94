package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What would be chosen for a session, what not, and why. Immutable.
 *
 * @param candidates every mode considered, in the order they are tried
 * @param considered each rule and each fact of the environment that had a say, in the order of their precedence
 * @param recommended the name of the mode trails would recommend if nobody had asked for one, if any is usable
 */
public record ModeAdvice(List<Candidate> candidates, List<Reason> considered, Optional<String> recommended) {
    /** Copies the lists. */
    public ModeAdvice {
        candidates = List.copyOf(candidates);
        considered = List.copyOf(considered);
        Objects.requireNonNull(recommended, "recommended");
    }

    /**
     * One mode.
     *
     * @param mode the mode
     * @param composition the providers it comes down to; empty if an axis has no usable one
     * @param fits whether a session could be opened with it
     * @param reasons why it fits or does not
     * @param enforcement what happens to each limit and to the network policy asked for
     */
    public record Candidate(
            Mode mode,
            Optional<Composition> composition,
            boolean fits,
            List<Reason> reasons,
            List<Enforcement> enforcement) {
        /** Checks and copies the components. */
        public Candidate {
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(composition, "composition");
            reasons = List.copyOf(reasons);
            enforcement = List.copyOf(enforcement);
            if (fits && composition.isEmpty()) throw new IllegalArgumentException("What fits has a composition");
        }
    }

    /**
     * What {@link Trails#open} would choose.
     *
     * @return the first candidate that fits, if any
     */
    public Optional<Candidate> best() {
        for (Candidate candidate : candidates) if (candidate.fits()) return Optional.of(candidate);
        return Optional.empty();
    }

    /**
     * The advice as a text for a person.
     *
     * @return several lines, without a trailing line feed
     */
    public String explain() {
        var text = new StringBuilder();
        text.append(best().map(best -> "Mode: " + best.mode().name() + best.composition().map(c -> " (" + c + ")").orElse(""))
                .orElse("No mode fits."));
        recommended
                .filter(name -> best().isEmpty() || !best().get().mode().name().equals(name))
                .ifPresent(name -> text.append("\nRecommended: ").append(name));
        if (!considered.isEmpty()) text.append("\nConsidered:");
        for (Reason reason : considered) append(text, "  - ", reason);
        for (Candidate candidate : candidates) {
            text.append('\n').append(candidate.mode().name()).append(candidate.fits() ? ": fits" : ": does not fit");
            candidate.composition().ifPresent(c -> text.append(", ").append(c).append(", isolates ")
                    .append(c.isolation().isEmpty() ? "nothing" : new TreeSet<>(c.isolation())));
            for (Reason reason : candidate.reasons()) append(text, "  - ", reason);
            for (Enforcement each : candidate.enforcement()) {
                append(text, "  - " + each.subject() + " " + each.level() + ": ", each.reason());
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String lead, Reason reason) {
        text.append('\n').append(lead).append(reason.message()).append(" [").append(reason.code()).append(']');
        if (!reason.remedy().isEmpty()) text.append("\n      -> ").append(reason.remedy());
    }
}
