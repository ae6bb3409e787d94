package io.trails.internal.settings;

import io.trails.AgentProfile;

/** Shows the built-in profiles to tests of other packages. */
public final class BuiltInAgentsForTests {
    private BuiltInAgentsForTests() {}

    public static AgentProfile profile(String name) {
        return BuiltInAgents.find(name).orElseThrow();
    }
}
