package io.trails.internal.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the user's and the administrator's settings files are.
 *
 * @param root of the file system, for the administrator's file
 * @param windows which of the two conventions holds
 */
public record SettingsPaths(Path root, boolean windows) {
    /** Those of this machine. */
    public static SettingsPaths system() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return new SettingsPaths(Path.of(windows ? "C:\\" : "/"), windows);
    }

    /**
     * The administrator's file. It takes no environment on purpose: whoever may set a variable, such as
     * {@code ProgramData}, must not be able to swap the policy.
     */
    public Path administrator() {
        return root.resolve(windows ? "ProgramData/trails/policy.json" : "etc/trails/policy.json");
    }

    /** The user's file, whether it exists or not; empty if the environment names no absolute home for it. */
    public Optional<Path> user(Map<String, String> environment) {
        if (windows) return inDirectory(environment, "APPDATA", "trails/settings.json");
        Optional<Path> xdg = inDirectory(environment, "XDG_CONFIG_HOME", "trails/settings.json");
        return xdg.isPresent() ? xdg : inDirectory(environment, "HOME", ".config/trails/settings.json");
    }

    private static Optional<Path> inDirectory(Map<String, String> environment, String variable, String file) {
        String directory = environment.get(variable);
        if (directory == null || directory.isEmpty()) return Optional.empty();
        try {
            Path path = Path.of(directory);
            return path.isAbsolute() ? Optional.of(path.resolve(file)) : Optional.empty();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
