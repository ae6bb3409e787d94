package io.trails.tck;

import io.trails.spi.SandboxProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by {@link SandboxContractTest} only. */
final class SabotagedMirror extends SandboxContract {
    private MirrorSaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, MirrorSaboteur.class);

    @Override
    protected SandboxProvider provider() {
        return saboteur.provider();
    }
}
