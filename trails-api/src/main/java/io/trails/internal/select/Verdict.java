package io.trails.internal.select;

import io.trails.ModeAdvice.Candidate;
import io.trails.Reason;
import java.util.Optional;

/**
 * What becomes of one mode.
 *
 * @param candidate the same for the host
 * @param policy why the policy refuses it, if it does
 * @param fallback that it stands in for what was wanted, if it does
 * @param downgrade that it is weaker than what is configured, if it is
 */
record Verdict(Candidate candidate, Optional<Reason> policy, Optional<Reason> fallback, Optional<Reason> downgrade) {}
