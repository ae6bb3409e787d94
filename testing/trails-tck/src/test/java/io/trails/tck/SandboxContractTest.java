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

    /** Whoever cannot be found by an id is found by its arguments. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {
                "DESCENDANTS_SURVIVE_TIMEOUT",
                "BREACH_CALLED_SUCCESS",
                "STOP_THAT_DOES_NOTHING",
                "USAGE_OF_NOBODY",
                "INTERRUPT_LEAVES_IT_RUNNING",
                "CLOSE_THAT_STOPS",
                "OUTPUT_THAT_ENDS",
                "REMOVE_THAT_KILLS",
                "OPEN_THAT_FORGETS",
                "INSIDE_WITHOUT_SESSION",
                "ALIVE_FOR_EVER",
                "END_OF_NOBODY",
                "END_OF_ALL"
            })
    void a_provider_without_shared_processes_that_breaks_a_rule_is_caught(SandboxSaboteur saboteur) {
        Sabotage.assertCaught(SabotagedUnsharedSandbox.class, saboteur);
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_on_a_copy_that_breaks_a_rule_is_caught(MirrorSaboteur saboteur) {
        Sabotage.assertCaught(SabotagedMirror.class, saboteur);
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
