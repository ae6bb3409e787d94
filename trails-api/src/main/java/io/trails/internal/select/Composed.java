package io.trails.internal.select;

import io.trails.Composition;
import io.trails.Enforcement;
import io.trails.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What a mode comes down to here.
 *
 * @param composition empty if its parts cannot be had or do not join
 * @param refusals why it cannot be used
 * @param notes what is worth knowing about it
 * @param enforcement what happens to each limit and to the network policy
 */
record Composed(
        Optional<Composition> composition, List<Reason> refusals, List<Reason> notes, List<Enforcement> enforcement) {}
