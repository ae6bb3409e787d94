package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that each rule of the contract can fail. */
@ExtendWith(Impatience.class)
final class SandboxContractTest {
    @ParameterizedTest
    @EnumSource
    void a_provider_that_breaks_a_rule_is_caught(SandboxSaboteur saboteur) {
        Sabotage.assertCaught(SabotagedSandbox.class, saboteur);
    }

    @Test
    void every_rule_has_a_test_and_every_test_a_saboteur() {
        var own = Sabotage.numbered("S", 18);
        var all = Sabotage.numbered("P", 11);
        all.addAll(own);
        assertThat(Sabotage.rulesOf(SabotagedSandbox.class)).isEqualTo(all);
        // The rules of every provider are the same tests here as for workspaces, but for these.
        own.addAll(Set.of("P-06"));
        assertThat(Sabotage.rulesOf(SandboxSaboteur.values())).isEqualTo(own);
    }
}
