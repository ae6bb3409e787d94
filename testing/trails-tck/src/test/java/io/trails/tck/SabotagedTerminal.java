package io.trails.tck;

import io.trails.spi.TerminalProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by {@link TerminalContractTest} only. */
final class SabotagedTerminal extends TerminalContract {
    private TerminalSaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, TerminalSaboteur.class);

    @Override
    protected TerminalProvider provider() {
        return saboteur.provider();
    }
}
