package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves of the rules that a terminal without a device has nothing to do with that each can fail. */
@ExtendWith(Impatience.class)
final class DeviceContractTest {
    @TestFactory
    List<DynamicTest> a_terminal_that_breaks_a_rule_is_caught() {
        return Sabotage.attempts(SabotagedDevice.class, EnumSet.allOf(DeviceSaboteur.class));
    }

    @Test
    void every_rule_about_terminals_has_a_saboteur_here_or_there() {
        var sabotaged = Sabotage.rulesOf(TerminalSaboteur.values());
        sabotaged.addAll(Sabotage.rulesOf(DeviceSaboteur.values()));
        assertThat(sabotaged).containsAll(Sabotage.numbered("T", 26));
    }
}
