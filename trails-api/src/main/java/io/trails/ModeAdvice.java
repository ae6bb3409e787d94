package io.trails;

import java.util.List;
import java.util.Locale;
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
        Objects.requireNonNull(candidates, "candidates");
        Objects.requireNonNull(considered, "considered");
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
            Objects.requireNonNull(reasons, "reasons");
            Objects.requireNonNull(enforcement, "enforcement");
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
     * The advice as a text for a person. Its form may change; programs read the components.
     *
     * @return several lines, without a trailing line feed
     */
    public String explain() {
        var text = new StringBuilder();
        Optional<Candidate> best = best();
        if (best.isEmpty()) {
            text.append("No mode fits.");
        } else {
            text.append("Mode: ").append(best.get().mode().name());
            appendComposition(text, best.get());
        }
        if (recommended.isPresent()
                && (best.isEmpty() || !best.get().mode().name().equals(recommended.get()))) {
            text.append("\nRecommended: ").append(recommended.get());
        }
        if (!considered.isEmpty()) text.append("\n\nConsidered, in this order:");
        for (Reason reason : considered) append(text, "  - ", reason);
        if (!candidates.isEmpty()) text.append("\n\nModes:");
        for (Candidate candidate : candidates) {
            text.append("\n  ").append(candidate.mode().name()).append(candidate.fits() ? " fits" : " does not fit");
            appendComposition(text, candidate);
            for (Reason reason : candidate.reasons()) append(text, "    - ", reason);
            for (Enforcement each : candidate.enforcement()) {
                String lead =
                        "    - " + each.subject() + " " + each.level().name().toLowerCase(Locale.ROOT) + ": ";
                append(text, lead, each.reason());
            }
        }
        return text.toString();
    }

    private static void appendComposition(StringBuilder text, Candidate candidate) {
        if (candidate.composition().isEmpty()) return;
        Composition composition = candidate.composition().get();
        text.append(" (").append(composition).append("; isolates ");
        if (composition.isolation().isEmpty()) text.append("nothing");
        String separator = "";
        for (Isolation each : new TreeSet<>(composition.isolation())) {
            text.append(separator).append(each.name().toLowerCase(Locale.ROOT));
            separator = ", ";
        }
        text.append(')');
    }

    private static void append(StringBuilder text, String lead, Reason reason) {
        text.append('\n')
                .append(lead)
                .append(reason.message())
                .append(" [")
                .append(reason.code())
                .append(']');
        if (reason.remedy().isEmpty()) return;
        text.append('\n');
        for (int i = 0; lead.charAt(i) == ' '; i++) text.append(' ');
        text.append("  -> ").append(reason.remedy());
    }
}
