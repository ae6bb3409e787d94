package io.trails.internal.select;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.ModeAdvice;
import io.trails.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * What was selected for a session.
 *
 * @param advice all candidates; {@link ModeAdvice#best()} is the one to take
 * @param profile the agent's profile, if the session has an agent
 * @param wanted the mode that was tried first
 * @param grounds what the audit log keeps of why it was that one
 * @param fallback that the best one stands in for the wanted one, or goes without its first choice, if so
 * @param downgrade that the session asked for less than is configured, and gets it, if so
 * @param refusal what the policy refused on the way to the best one, if anything
 * @param auditRequired whether sessions are refused while the audit log cannot be written
 */
public record Selection(
        ModeAdvice advice,
        Optional<AgentProfile> profile,
        Mode wanted,
        Map<String, String> grounds,
        Optional<Reason> fallback,
        Optional<Reason> downgrade,
        Optional<Reason> refusal,
        boolean auditRequired) {}
