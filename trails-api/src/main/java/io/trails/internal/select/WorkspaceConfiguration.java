package io.trails.internal.select;

import io.trails.SetupCommand;
import io.trails.TrailsException;
import io.trails.internal.settings.SettingsLayer;
import io.trails.spi.WorkspaceSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What trusted settings say about the files of the sessions of one project. */
public final class WorkspaceConfiguration {
    private WorkspaceConfiguration() {}

    /**
     * What providers of workspaces are told.
     *
     * @throws TrailsException {@code settings.invalid} if a home is meant that nobody knows
     */
    public static WorkspaceSettings of(List<SettingsLayer> layers, Path project, Map<String, String> environment) {
        WorkspaceSettings settings = WorkspaceSettings.none()
                .withSetup(setup(SettingsLayer.setup(layers), Places.of(project)))
                .withLargeFiles(SettingsLayer.largeFiles(layers).orElse(true));
        Optional<Path> location = SettingsLayer.worktreeLocation(layers);
        return location.isEmpty() ? settings : settings.withLocation(absolute(location.get(), environment));
    }

    private static List<WorkspaceSettings.Setup> setup(List<SetupCommand> all, Places places) {
        List<WorkspaceSettings.Setup> meant = new ArrayList<>();
        for (SetupCommand each : all) {
            if (places.match(each.path())) meant.add(new WorkspaceSettings.Setup(each.command(), each.timeout()));
        }
        return meant;
    }

    private static Path absolute(Path location, Map<String, String> environment) {
        if (location.isAbsolute()) return location.normalize();
        Path below = location.getNameCount() == 1 ? Path.of("") : location.subpath(1, location.getNameCount());
        return home(location, environment).resolve(below).normalize();
    }

    private static Path home(Path location, Map<String, String> environment) {
        for (String variable : List.of("HOME", "USERPROFILE")) {
            Optional<Path> home = directory(environment.getOrDefault(variable, ""));
            if (home.isPresent()) return home.get();
        }
        throw new TrailsException(
                "settings.invalid",
                "'worktree_location' is '" + location + "', but the environment names no absolute home; set HOME, or"
                        + " configure an absolute path");
    }

    private static Optional<Path> directory(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Path::isAbsolute);
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
