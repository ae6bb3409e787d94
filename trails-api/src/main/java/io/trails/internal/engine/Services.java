package io.trails.internal.engine;

import io.trails.RecordingOptions;
import io.trails.internal.audit.CommLog;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.settings.AgentProfiles;
import io.trails.internal.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What the sessions of one instance share.
 *
 * @param cgroupParent the control group that trusted settings name
 * @param recording how sessions that do not say so are recorded
 */
record Services(
        Path project,
        Map<String, String> environment,
        Optional<Path> cgroupParent,
        Optional<RecordingOptions> recording,
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
