package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that each rule of the contract can fail. */
@ExtendWith(Impatience.class)
final class TerminalContractTest {
    /** What the correct terminal here has not: their saboteurs are with the terminals of tmux. */
    private static final Set<String> OF_DEVICES =
            Set.of("T-17", "T-18", "T-19", "T-21", "T-22", "T-23", "T-25", "T-26");

    @ParameterizedTest
    @EnumSource
    void a_provider_that_breaks_a_rule_is_caught(TerminalSaboteur saboteur) {
        Sabotage.assertCaught(SabotagedTerminal.class, saboteur);
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
