package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that each rule of the contract can fail. */
final class WorkspaceContractTest {
    @ParameterizedTest
    @EnumSource
    void a_provider_that_breaks_a_rule_is_caught(WorkspaceSaboteur saboteur) {
        Sabotage.assertCaught(SabotagedWorkspace.class, saboteur);
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_breaks_a_rule_of_a_capability_is_caught(CopySaboteur saboteur) {
        Sabotage.assertCaught(SabotagedCopy.class, saboteur);
    }

    @Test
    void every_rule_has_a_test_and_every_test_a_saboteur() {
        var expected = Sabotage.numbered("W", 18);
        expected.addAll(Sabotage.numbered("P", 11));
        // A workspace is given no secret that its plan could hold.
        expected.remove("P-06");
        assertThat(Sabotage.rulesOf(SabotagedWorkspace.class)).isEqualTo(expected);
        var sabotaged = Sabotage.rulesOf(WorkspaceSaboteur.values());
        sabotaged.addAll(Sabotage.rulesOf(CopySaboteur.values()));
        assertThat(sabotaged).isEqualTo(expected);
    }
}
