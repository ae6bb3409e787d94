package io.trails.internal.select;

import io.trails.Isolation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a candidate is held against beyond what it can do.
 *
 * @param wanted the mode that should be taken
 * @param rules what must permit it
 * @param withProject whether the project's settings have their say
 * @param configured what must be isolated unless the session insists on less, and by whose word
 * @param plain how the choice comes out without the project's settings, which these may not loosen
 */
record Terms(
        Wanted wanted,
        List<Rule> rules,
        boolean withProject,
        Optional<Configured> configured,
        Optional<Outcome> plain) {
    /**
     * What a session would get that asked for no mode.
     *
     * @param isolation what it would isolate
     * @param mode in which mode
     * @param promised what it would isolate if nothing had to stand in for the configured mode
     * @param wanted that mode
     * @param origin who configured it, for a person
     */
    record Configured(Set<Isolation> isolation, String mode, Set<Isolation> promised, String wanted, String origin) {}
}
