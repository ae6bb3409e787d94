package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Proves that each rule of the contract can fail. */
final class WorkspaceContractTest {
    @TestFactory
    List<DynamicTest> a_provider_that_breaks_a_rule_is_caught() {
        return Sabotage.attempts(SabotagedWorkspace.class, EnumSet.allOf(WorkspaceSaboteur.class));
    }

    @TestFactory
    List<DynamicTest> a_provider_that_breaks_a_rule_of_a_capability_is_caught() {
        return Sabotage.attempts(SabotagedCopy.class, EnumSet.allOf(CopySaboteur.class));
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
