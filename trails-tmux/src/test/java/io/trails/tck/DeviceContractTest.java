package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves of the rules that a terminal without a device has nothing to do with that each can fail. */
@ExtendWith(Impatience.class)
final class DeviceContractTest {
    @ParameterizedTest
    @EnumSource
    void a_terminal_that_breaks_a_rule_is_caught(DeviceSaboteur saboteur) {
        Sabotage.assertCaught(SabotagedDevice.class, saboteur);
    }

    @Test
    void every_rule_about_terminals_has_a_saboteur_here_or_there() {
        var sabotaged = Sabotage.rulesOf(TerminalSaboteur.values());
        sabotaged.addAll(Sabotage.rulesOf(DeviceSaboteur.values()));
        assertThat(sabotaged).containsAll(Sabotage.numbered("T", 26));
    }
}
