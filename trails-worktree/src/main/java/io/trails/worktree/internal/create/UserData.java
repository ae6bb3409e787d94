package io.trails.worktree.internal.create;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the platform wants programs to keep a user's data. */
final class UserData {
    private UserData() {}

    static Path directory(Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = absolute(environment, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home", "/")));
        if (system.startsWith("windows"))
            return absolute(environment, "LOCALAPPDATA").orElseGet(() -> home.resolve("AppData/Local"));
        if (system.startsWith("mac")) return home.resolve("Library/Application Support");
        return absolute(environment, "XDG_DATA_HOME").orElseGet(() -> home.resolve(".local/share"));
    }

    private static Optional<Path> absolute(Map<String, String> environment, String variable) {
        try {
            return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }
}
