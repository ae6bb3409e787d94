package io.trails.internal.engine;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.SecurityPolicy;
import io.trails.Settings;
import io.trails.spi.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host configured in code. Immutable. */
public record Configuration(
        Path project,
        Optional<Settings> settings,
        Optional<SecurityPolicy> policy,
        Map<String, String> environment,
        List<Provider> providers,
        boolean discovery,
        ClassLoader classLoader,
        Optional<Path> stateDirectory,
        List<AgentProfile> agents,
        List<Mode> modes,
        Clock clock) {
    public Configuration {
        environment = Map.copyOf(environment);
        providers = List.copyOf(providers);
        agents = List.copyOf(agents);
        modes = List.copyOf(modes);
    }
}
