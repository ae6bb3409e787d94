package io.trails;

import io.trails.internal.engine.Configuration;
import io.trails.internal.engine.Engine;
import io.trails.spi.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Builds a {@link Trails} whose settings, environment and providers the host gives or replaces. Single-threaded. */
public final class TrailsBuilder {
    private final Path project;
    private Optional<Settings> settings = Optional.empty();
    private Optional<SecurityPolicy> policy = Optional.empty();
    private Optional<Map<String, String>> environment = Optional.empty();
    private Optional<ClassLoader> classLoader = Optional.empty();
    private Optional<Path> stateDirectory = Optional.empty();
    private final List<Provider> providers = new ArrayList<>();
    private final List<AgentProfile> agents = new ArrayList<>();
    private final List<Mode> modes = new ArrayList<>();
    private boolean discovery = true;
    private Clock clock = Clock.systemUTC();

    TrailsBuilder(Path project) {
        this.project = Objects.requireNonNull(project, "project");
    }

    /**
     * Replaces all settings files: the project's, the user's and the administrator's.
     *
     * @param replacing the settings, trusted as the host's own
     * @return this builder
     */
    public TrailsBuilder settings(Settings replacing) {
        Objects.requireNonNull(replacing, "replacing");
        settings = Optional.of(replacing);
        return this;
    }

    /**
     * Replaces the environment of this JVM: for detection, for settings such as {@code TRAILS_MODE}, as what processes of
     * sessions inherit, and as the source of values a session was opened with by another JVM.
     *
     * @param replacing names and values
     * @return this builder
     */
    public TrailsBuilder environment(Map<String, String> replacing) {
        Objects.requireNonNull(replacing, "replacing");
        replacing.forEach(EnvironmentNames::check);
        environment = Optional.of(Map.copyOf(replacing));
        return this;
    }

    /**
     * Registers a provider. It beats a discovered one of the same id; two registered ones of one id are both rejected.
     *
     * @param provider the provider
     * @return this builder
     */
    public TrailsBuilder provider(Provider provider) {
        providers.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Switches the search for providers through services files on or off. It is on unless set.
     *
     * @param on whether to search; off leaves the built-in and the registered ones
     * @return this builder
     */
    public TrailsBuilder discovery(boolean on) {
        discovery = on;
        return this;
    }

    /**
     * Replaces the class loader in which providers are searched: the one that loaded trails.
     *
     * @param loader such as a plugin's
     * @return this builder
     */
    public TrailsBuilder classLoader(ClassLoader loader) {
        Objects.requireNonNull(loader, "loader");
        classLoader = Optional.of(loader);
        return this;
    }

    /**
     * Sets the host's security policy, which decides before all others.
     *
     * @param wanted the policy
     * @return this builder
     */
    public TrailsBuilder policy(SecurityPolicy wanted) {
        Objects.requireNonNull(wanted, "wanted");
        policy = Optional.of(wanted);
        return this;
    }

    /**
     * Adds or replaces an agent.
     *
     * @param profile the agent
     * @return this builder
     */
    public TrailsBuilder agent(AgentProfile profile) {
        agents.add(Objects.requireNonNull(profile, "profile"));
        return this;
    }

    /**
     * Adds a mode that settings may name.
     *
     * @param own the mode; its name must not be a built-in name or alias
     * @return this builder
     */
    public TrailsBuilder mode(Mode own) {
        Objects.requireNonNull(own, "own");
        if (Mode.lookup(own.name()).isPresent()) {
            throw new IllegalArgumentException("'" + own.name() + "' is a built-in mode");
        }
        modes.add(own);
        return this;
    }

    /**
     * Sets where the project's state is kept: {@code <project>/.trails} unless set. Every process that serves the project
     * must use the same, and no other project. Inside the project it is no part of a session's changes, except the {@code
     * settings.json} in it. The project's own settings are read from {@code <project>/.trails} all the same.
     *
     * @param directory created if it is missing; not the project itself
     * @return this builder
     */
    public TrailsBuilder stateDirectory(Path directory) {
        Objects.requireNonNull(directory, "directory");
        if (isProject(directory)) {
            throw new IllegalArgumentException("The state would hide the project " + project
                    + " from git and be mixed with its files; name a directory of its own inside it or elsewhere");
        }
        stateDirectory = Optional.of(directory);
        return this;
    }

    private boolean isProject(Path directory) {
        return directory
                .toAbsolutePath()
                .normalize()
                .equals(project.toAbsolutePath().normalize());
    }

    /**
     * Replaces the clock.
     *
     * @param replacing the clock
     * @return this builder
     */
    public TrailsBuilder clock(Clock replacing) {
        clock = Objects.requireNonNull(replacing, "replacing");
        return this;
    }

    /**
     * Builds the instance and repairs what a crash left.
     *
     * @return the instance, which the caller closes
     * @throws TrailsException as {@link Trails#create} does
     */
    public Trails build() {
        return Engine.start(new Configuration(
                project,
                settings,
                policy,
                environment.isPresent() ? environment.get() : System.getenv(),
                providers,
                discovery,
                classLoader.isPresent() ? classLoader.get() : Trails.class.getClassLoader(),
                stateDirectory,
                agents,
                modes,
                clock));
    }
}
