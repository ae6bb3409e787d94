package io.trails.tck;

import io.trails.spi.SandboxProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by {@link SandboxContractTest} only. */
final class SabotagedSandbox extends SandboxContract {
    private SandboxSaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, SandboxSaboteur.class);

    @Override
    protected SandboxProvider provider() {
        return saboteur.provider();
    }
}
