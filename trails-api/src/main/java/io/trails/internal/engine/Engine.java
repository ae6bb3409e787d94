package io.trails.internal.engine;

import io.trails.Reason;
import io.trails.SecurityPolicy;
import io.trails.Trails;
import io.trails.TrailsException;
import io.trails.internal.audit.AuditTrail;
import io.trails.internal.audit.CommLog;
import io.trails.internal.audit.Redactor;
import io.trails.internal.providers.ProviderRegistry;
import io.trails.internal.select.ModeSelector;
import io.trails.internal.select.SandboxConfiguration;
import io.trails.internal.settings.AgentProfiles;
import io.trails.internal.settings.SettingsLayer;
import io.trails.internal.settings.SettingsLoader;
import io.trails.internal.settings.SettingsPaths;
import io.trails.internal.settings.Surroundings;
import io.trails.internal.state.StateStore;
import io.trails.spi.ProbeContext;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Where an instance starts. */
public final class Engine {
    /** What a probe keeps to; the first call waits for all of them, and a while longer for one that does not. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private Engine() {}

    /**
     * Builds an instance from what the host configured: settings, providers, state, and last a repair.
     *
     * @throws TrailsException {@code project.*}, {@code settings.*} or {@code state.*}
     */
    public static Trails start(Configuration configuration) {
        Path project = projectDirectory(configuration.project());
        Path stateDirectory =
                configuration.stateDirectory().map(Path::toAbsolutePath).orElseGet(() -> project.resolve(".trails"));
        List<SettingsLayer> layers = layers(configuration, project);
        SecurityPolicy policy = configuration.policy().orElse(SecurityPolicy.empty());
        SandboxSettings sandbox = SandboxConfiguration.of(layers, policy);
        var registry = ProviderRegistry.of(
                configuration.providers(),
                configuration.discovery(),
                configuration.classLoader(),
                ProbeContext.of(project, configuration.environment(), PROBE_TIMEOUT)
                        .withSandbox(sandbox));
        var agents = new AgentProfiles(configuration.agents(), layers);
        var selector = new ModeSelector(
                project,
                layers,
                policy,
                configuration.modes(),
                agents,
                Surroundings.detect(configuration.environment(), project.getRoot(), HostTerminal.isAttached()),
                configuration.environment(),
                sandbox,
                registry);
        StateStore state = StateStore.open(stateDirectory, configuration.clock());
        try {
            Defaults defaults = Defaults.of(layers, sandbox, project, configuration.environment());
            return assemble(
                    configuration, project, stateDirectory, layers, defaults, registry, agents, selector, state);
        } catch (Throwable failed) {
            state.close();
            throw failed;
        }
    }

    private static Trails assemble(
            Configuration configuration,
            Path project,
            Path stateDirectory,
            List<SettingsLayer> layers,
            Defaults defaults,
            ProviderRegistry registry,
            AgentProfiles agents,
            ModeSelector selector,
            StateStore state) {
        var redactor = Redactor.of(configuration.environment());
        var audit = AuditTrail.open(stateDirectory, configuration.clock(), redactor);
        var events = new EventHub();
        var journal = new Journal(audit, events, configuration.clock());
        var comm = CommLog.open(stateDirectory, configuration.clock());
        var services = new Services(
                project,
                configuration.environment(),
                defaults,
                configuration.clock(),
                state,
                Home.of(stateDirectory),
                new Claims(state),
                registry,
                agents,
                journal,
                comm);
        List<Reason> warnings = new ArrayList<>();
        for (SettingsLayer layer : layers) warnings.addAll(layer.warnings());
        warnings.addAll(agents.unknownPreferences());
        warnings.addAll(defaults.recipes().ignored());
        for (Reason warning : warnings) warn(warning);
        if (state.warning().isPresent()) warn(state.warning().get());
        var trails = new DefaultTrails(services, selector, audit, events, warnings);
        trails.recover();
        return trails;
    }

    private static void warn(Reason warning) {
        LoggerFactory.getLogger(Engine.class).warn("{}", warning.message());
    }

    private static List<SettingsLayer> layers(Configuration configuration, Path project) {
        if (configuration.settings().isPresent()) {
            return List.of(new SettingsLayer(
                    SettingsLayer.Source.HOST,
                    "the host's code",
                    configuration.settings().get(),
                    List.of()));
        }
        // They are the project's, wherever its state is kept.
        return SettingsLoader.load(
                project.resolve(".trails"), configuration.environment(), SettingsPaths.system(), configuration.modes());
    }

    private static Path projectDirectory(Path given) {
        Path real;
        try {
            real = given.toRealPath();
        } catch (IOException missing) {
            throw new TrailsException(
                    "project.missing",
                    "Project directory " + given.toAbsolutePath() + " does not exist or cannot be reached: " + missing
                            + "; create it first",
                    missing);
        }
        if (!Files.isDirectory(real)) {
            throw new TrailsException(
                    "project.not-a-directory", "Project " + real + " is not a directory; name the directory itself");
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw new TrailsException(
                    "project.unreadable", "Project directory " + real + " cannot be read; check its permissions");
        }
        return real;
    }
}
