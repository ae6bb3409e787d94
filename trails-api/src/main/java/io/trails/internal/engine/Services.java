package io.trails.internal.engine;

import io.trails.internal.audit.CommLog;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.settings.AgentProfiles;
import io.trails.internal.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the sessions of one instance share.
 *
 * @param defaults what is configured for sessions that do not say otherwise
 */
record Services(
        Path project,
        Map<String, String> environment,
        Defaults defaults,
        Clock clock,
        StateStore state,
        Home home,
        Claims claims,
        ProviderCatalog catalog,
        AgentProfiles agents,
        Journal journal,
        CommLog comm) {
    Services {
        environment = Map.copyOf(environment);
    }
}
