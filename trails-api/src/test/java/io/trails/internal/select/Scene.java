package io.trails.internal.select;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.internal.settings.AgentProfiles;
import io.trails.internal.settings.SettingsLayer;
import io.trails.internal.settings.SettingsLayer.Source;
import io.trails.internal.settings.Surroundings;
import io.trails.spi.Provider;
import io.trails.spi.SandboxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Everything a selection depends on, with defaults for a test to change. */
final class Scene {
    private Path project = Path.of("/work/shop");
    private final List<SettingsLayer> layers = new ArrayList<>();
    private SecurityPolicy policy = SecurityPolicy.empty();
    private final List<Mode> modes = new ArrayList<>();
    private final List<AgentProfile> agents = new ArrayList<>();
    private Surroundings surroundings = Surroundings.none();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<Provider> providers = Guests.all();

    static SessionSpec.Builder session() {
        return SessionSpec.named("s");
    }

    static SessionSpec.Builder claude() {
        return session().agent("claude");
    }

    Scene project(Path wanted) {
        project = wanted;
        return this;
    }

    Scene user(Settings.Builder settings) {
        return layer(Source.USER, "/home/u/settings.json", settings);
    }

    Scene project(Settings.Builder settings) {
        return layer(Source.PROJECT, ".trails/settings.json", settings);
    }

    Scene administrator(Settings.Builder settings) {
        return layer(Source.ADMINISTRATOR, "/etc/trails/policy.json", settings);
    }

    Scene host(Settings.Builder settings) {
        return layer(Source.HOST, "the host's code", settings);
    }

    Scene layer(Source source, String origin, Settings.Builder settings) {
        layers.add(new SettingsLayer(source, origin, settings.build(), List.of()));
        return this;
    }

    Scene policy(SecurityPolicy.Builder wanted) {
        policy = wanted.build();
        return this;
    }

    Scene mode(Mode mode) {
        modes.add(mode);
        return this;
    }

    Scene agent(AgentProfile profile) {
        agents.add(profile);
        return this;
    }

    Scene surroundings(Surroundings found) {
        surroundings = found;
        return this;
    }

    Scene variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Scene providers(List<Provider> wanted) {
        providers = wanted;
        return this;
    }

    ModeSelector selector() {
        return new ModeSelector(
                project,
                layers,
                policy,
                modes,
                new AgentProfiles(agents, layers),
                surroundings,
                environment,
                sandbox(),
                new Guests.Catalog(providers));
    }

    SandboxSettings sandbox() {
        return SandboxConfiguration.of(layers, policy);
    }

    Selection select(SessionSpec.Builder spec) {
        return selector().select(spec.build());
    }

    /** The name of the mode chosen, or {@code none}. */
    String choose(SessionSpec.Builder spec) {
        return select(spec).advice().best().map(best -> best.mode().name()).orElse("none");
    }

    List<Provider> providers() {
        return providers;
    }

    /** Whether anybody who decides it says that nothing but the wanted mode may be taken; told apart from the code under test. */
    boolean forbidsFallback() {
        boolean forbidden = false;
        for (SettingsLayer layer : layers) {
            if (layer.source() == Source.PROJECT) {
                forbidden |= !layer.settings().fallback().orElse(true);
                forbidden |= !layer.settings().policy().fallbackAllowed().orElse(true);
            } else {
                forbidden |= !layer.settings().fallback().orElse(true);
            }
        }
        return forbidden || !first(SecurityPolicy::fallbackAllowed).orElse(true);
    }

    /** Whether a downgrade needs no force. */
    boolean waivesForce() {
        for (SettingsLayer layer : layers) {
            if (layer.source() == Source.PROJECT
                    && layer.settings().policy().downgradeNeedsForce().orElse(false)) {
                return false;
            }
        }
        return !first(SecurityPolicy::downgradeNeedsForce).orElse(true);
    }

    boolean trusts(String agent) {
        Set<String> trusted = first(SecurityPolicy::trustedAgents).orElse(Set.of());
        return trusted.contains(agent) || trusted.contains("*");
    }

    private <T> Optional<T> first(Function<SecurityPolicy, Optional<T>> question) {
        Optional<T> answer = question.apply(policy);
        for (Source source : List.of(Source.HOST, Source.ADMINISTRATOR, Source.USER)) {
            for (SettingsLayer layer : layers) {
                if (answer.isEmpty() && layer.source() == source)
                    answer = question.apply(layer.settings().policy());
            }
        }
        return answer;
    }
}
