package io.trails.tck;

import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose commands do not see one another's processes. Run by {@link SandboxContractTest} only. */
final class SabotagedUnsharedSandbox extends SandboxContract {
    private SandboxSaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, SandboxSaboteur.class);

    @Override
    protected SandboxProvider provider() {
        return new UnsharedHost(saboteur.provider(), SandboxCapability.SHARED_PROCESSES);
    }
}
