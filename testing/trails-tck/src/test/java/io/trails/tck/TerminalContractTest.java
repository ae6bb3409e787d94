package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that each rule of the contract can fail. */
@ExtendWith(Impatience.class)
final class TerminalContractTest {
    /** What the correct terminal here has not: their saboteurs are with the terminals of tmux. */
    private static final Set<String> OF_DEVICES =
            Set.of("T-17", "T-18", "T-19", "T-21", "T-22", "T-23", "T-25", "T-26");

    @TestFactory
    List<DynamicTest> a_provider_that_breaks_a_rule_is_caught() {
        return Sabotage.attempts(SabotagedTerminal.class, EnumSet.allOf(TerminalSaboteur.class));
    }

    @Test
    void every_rule_has_a_test_and_every_test_a_saboteur() {
        var own = Sabotage.numbered("T", 26);
        var all = Sabotage.numbered("P", 11);
        all.addAll(own);
        assertThat(Sabotage.rulesOf(SabotagedTerminal.class)).isEqualTo(all);
        // The rules of every provider are the same tests here as for workspaces, but for these.
        own.addAll(Set.of("P-06", "P-07", "P-08"));
        own.removeAll(OF_DEVICES);
        assertThat(Sabotage.rulesOf(TerminalSaboteur.values())).isEqualTo(own);
    }
}
