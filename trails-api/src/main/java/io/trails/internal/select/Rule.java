package io.trails.internal.select;

import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link ModeRule} that holds for this project, with its names resolved.
 *
 * @param rule as it was written
 * @param permitted the modes it leaves
 * @param origin where it is written
 * @param trusted whether it binds sessions without the project's settings too
 */
record Rule(ModeRule rule, List<Mode> permitted, String origin, boolean trusted) {
    static Rule of(ModeRule rule, Modes modes, String origin, boolean trusted) {
        var permitted = new ArrayList<Mode>();
        for (String name : rule.allowedModes()) permitted.add(modes.named(name, trusted, origin));
        if (rule.requiredMode().isPresent()) {
            Mode required = modes.named(rule.requiredMode().get(), trusted, origin);
            boolean contradicted = !permitted.isEmpty() && !Modes.contains(permitted, required);
            permitted.clear();
            if (!contradicted) permitted.add(required);
        }
        // Not the order of a hash set, which differs from one JVM to the next.
        permitted.sort((one, other) -> one.name().compareTo(other.name()));
        return new Rule(rule, List.copyOf(permitted), origin, trusted);
    }

    boolean concerns(Optional<String> agent) {
        return agent.isPresent()
                ? Glob.matches(rule.agent(), agent.get())
                : rule.agent().equals("*");
    }

    boolean permits(Mode mode) {
        return Modes.contains(permitted, mode);
    }

    Reason refusal(Mode mode) {
        return Reason.of(
                "policy.mode-not-allowed",
                "A rule of " + origin + " allows " + names() + " here, not '" + mode.name() + "'" + because(),
                permitted.isEmpty()
                        ? "Have the rule corrected: what it requires is not among what it allows"
                        : "Ask for " + names() + ", or have the rule changed");
    }

    Reason considered() {
        return Reason.of(
                "rule.policy",
                "Rule of " + origin + ": only " + names() + " for "
                        + (rule.agent().equals("*") ? "every session" : "agents '" + rule.agent() + "'") + because());
    }

    private String because() {
        return rule.reason().isEmpty() ? "" : " (" + rule.reason() + ")";
    }

    private String names() {
        if (permitted.isEmpty()) return "no mode";
        var names = new StringBuilder();
        for (Mode mode : permitted) {
            names.append(names.length() == 0 ? "" : " or ")
                    .append('\'')
                    .append(mode.name())
                    .append('\'');
        }
        return names.toString();
    }
}
