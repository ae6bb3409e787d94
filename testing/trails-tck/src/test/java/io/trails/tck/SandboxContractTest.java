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
final class SandboxContractTest {
    @TestFactory
    List<DynamicTest> a_provider_that_breaks_a_rule_is_caught() {
        return Sabotage.attempts(SabotagedSandbox.class, EnumSet.allOf(SandboxSaboteur.class));
    }

    /** Whoever cannot be found by an id is found by its arguments. */
    @TestFactory
    List<DynamicTest> a_provider_without_shared_processes_that_breaks_a_rule_is_caught() {
        return Sabotage.attempts(
                SabotagedUnsharedSandbox.class,
                EnumSet.of(
                        SandboxSaboteur.DESCENDANTS_SURVIVE_TIMEOUT,
                        SandboxSaboteur.BREACH_CALLED_SUCCESS,
                        SandboxSaboteur.STOP_THAT_DOES_NOTHING,
                        SandboxSaboteur.USAGE_OF_NOBODY,
                        SandboxSaboteur.INTERRUPT_LEAVES_IT_RUNNING,
                        SandboxSaboteur.CLOSE_THAT_STOPS,
                        SandboxSaboteur.OUTPUT_THAT_ENDS,
                        SandboxSaboteur.REMOVE_THAT_KILLS,
                        SandboxSaboteur.OPEN_THAT_FORGETS,
                        SandboxSaboteur.INSIDE_WITHOUT_SESSION,
                        SandboxSaboteur.ALIVE_FOR_EVER,
                        SandboxSaboteur.END_OF_NOBODY,
                        SandboxSaboteur.END_OF_ALL));
    }

    @TestFactory
    List<DynamicTest> a_provider_on_a_copy_that_breaks_a_rule_is_caught() {
        return Sabotage.attempts(SabotagedMirror.class, EnumSet.allOf(MirrorSaboteur.class));
    }

    @Test
    void every_rule_has_a_test_and_every_test_a_saboteur() {
        var own = Sabotage.numbered("S", 26);
        var all = Sabotage.numbered("P", 11);
        all.addAll(own);
        assertThat(Sabotage.rulesOf(SabotagedSandbox.class)).isEqualTo(all);
        // The rules of every provider are the same tests here as for workspaces, but for these.
        own.addAll(Set.of("P-06"));
        Set<String> broken = Sabotage.rulesOf(SandboxSaboteur.values());
        broken.addAll(Sabotage.rulesOf(MirrorSaboteur.values()));
        assertThat(broken).isEqualTo(own);
    }
}
