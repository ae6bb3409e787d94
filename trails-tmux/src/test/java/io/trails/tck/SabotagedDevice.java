package io.trails.tck;

import io.trails.spi.TerminalProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by {@link DeviceContractTest} only. */
final class SabotagedDevice extends TerminalContract {
    private DeviceSaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, DeviceSaboteur.class);

    @Override
    protected TerminalProvider provider() {
        return saboteur.provider();
    }
}
