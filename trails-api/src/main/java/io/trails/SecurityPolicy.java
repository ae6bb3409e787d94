package io.trails;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What sessions may do, whatever their specs ask for. Immutable. It has the last word.
 *
 * <p>There is one from the host's code, one from the administrator's file, one from the user's settings and one from the
 * project's. For each question the first of them, in this order, that answers it decides; all {@link #rules()} of all of
 * them hold together. The project's may only tighten.
 */
public final class SecurityPolicy {
    private static final SecurityPolicy EMPTY = builder().build();

    private final Optional<Set<String>> trustedAgents;
    private final List<ModeRule> rules;
    private final Optional<Boolean> fallbackAllowed;
    private final Optional<Boolean> downgradeNeedsForce;
    private final Optional<Boolean> auditRequired;
    private final Optional<Boolean> replayAllowed;

    private SecurityPolicy(Builder builder) {
        trustedAgents = builder.trustedAgents;
        rules = List.copyOf(builder.rules);
        fallbackAllowed = builder.fallbackAllowed;
        downgradeNeedsForce = builder.downgradeNeedsForce;
        auditRequired = builder.auditRequired;
        replayAllowed = builder.replayAllowed;
    }

    /**
     * Answers no question.
     *
     * @return the empty policy
     */
    public static SecurityPolicy empty() {
        return EMPTY;
    }

    /**
     * Starts a policy that answers no question.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Which agents may get a mode that isolates nothing without being asked for it by name.
     *
     * @return agent names, {@code *} for all, or empty for no answer; the default is none
     */
    public Optional<Set<String>> trustedAgents() {
        return trustedAgents;
    }

    /**
     * Which modes are required or allowed where.
     *
     * @return an unmodifiable list
     */
    public List<ModeRule> rules() {
        return rules;
    }

    /**
     * Whether another mode may be taken when the wanted one is not usable.
     *
     * @return the answer, or empty for none; the default is yes
     */
    public Optional<Boolean> fallbackAllowed() {
        return fallbackAllowed;
    }

    /**
     * Whether a spec that asks for a weaker mode than the configured one must say {@link SessionSpec.Builder#force()}.
     *
     * @return the answer, or empty for none; the default is yes
     */
    public Optional<Boolean> downgradeNeedsForce() {
        return downgradeNeedsForce;
    }

    /**
     * Whether sessions are refused while the audit log cannot be written.
     *
     * @return the answer, or empty for none; the default is no
     */
    public Optional<Boolean> auditRequired() {
        return auditRequired;
    }

    /**
     * Whether a session's commands may be run again where what they did to the system around the session's files, such as packages
     * they installed, was lost with the container engine. Some commands must not be run twice.
     *
     * @return the answer, or empty for none; the default is no
     */
    public Optional<Boolean> replayAllowed() {
        return replayAllowed;
    }

    /** Builds a policy. Single-threaded. */
    public static final class Builder {
        private Optional<Set<String>> trustedAgents = Optional.empty();
        private final List<ModeRule> rules = new ArrayList<>();
        private Optional<Boolean> fallbackAllowed = Optional.empty();
        private Optional<Boolean> downgradeNeedsForce = Optional.empty();
        private Optional<Boolean> auditRequired = Optional.empty();
        private Optional<Boolean> replayAllowed = Optional.empty();

        private Builder() {}

        /**
         * Says which agents are trusted; no names means none.
         *
         * @param agents agent names, or {@code *} for all
         * @return this builder
         */
        public Builder trust(String... agents) {
            Objects.requireNonNull(agents, "agents");
            trustedAgents = Optional.of(Set.of(agents));
            return this;
        }

        /**
         * Adds a rule.
         *
         * @param rule which modes are required or allowed where
         * @return this builder
         */
        public Builder rule(ModeRule rule) {
            Objects.requireNonNull(rule, "rule");
            rules.add(rule);
            return this;
        }

        /**
         * Says whether another mode may be taken when the wanted one is not usable.
         *
         * @param allowed the answer
         * @return this builder
         */
        public Builder fallbackAllowed(boolean allowed) {
            fallbackAllowed = Optional.of(allowed);
            return this;
        }

        /**
         * Says whether a downgrade must be forced.
         *
         * @param needed the answer
         * @return this builder
         */
        public Builder downgradeNeedsForce(boolean needed) {
            downgradeNeedsForce = Optional.of(needed);
            return this;
        }

        /**
         * Says whether sessions are refused while the audit log cannot be written.
         *
         * @param required the answer
         * @return this builder
         */
        public Builder auditRequired(boolean required) {
            auditRequired = Optional.of(required);
            return this;
        }

        /**
         * Says whether a session's commands may be run again where what they did was lost.
         *
         * @param allowed the answer
         * @return this builder
         */
        public Builder replayAllowed(boolean allowed) {
            replayAllowed = Optional.of(allowed);
            return this;
        }

        /**
         * Builds the policy.
         *
         * @return the policy
         */
        public SecurityPolicy build() {
            return new SecurityPolicy(this);
        }
    }
}
