package io.trails.tck;

import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxRequest;

/** Cares for nothing that another JVM left. Public, for another JVM to make one. */
public final class ForgetfulSandboxProvider extends DelegatingSandboxProvider {
    /** Made by name. */
    public ForgetfulSandboxProvider() {}

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return create(plan, request);
    }
}
