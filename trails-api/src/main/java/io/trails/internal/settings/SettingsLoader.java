package io.trails.internal.settings;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.Settings;
import io.trails.TrailsException;
import io.trails.internal.settings.SettingsLayer.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads settings files. */
public final class SettingsLoader {
    private SettingsLoader() {}

    /**
     * The layers of the files there are: the administrator's, the project's and the user's.
     *
     * @param directory {@code <project>/.trails}
     * @param environment of the host
     * @param paths where the other files are
     * @param hostModes modes that the host adds in code, which files may name
     * @throws TrailsException {@code settings.*} for a file that is there but cannot be used
     */
    public static List<SettingsLayer> load(
            Path directory, Map<String, String> environment, SettingsPaths paths, List<Mode> hostModes) {
        var layers = new ArrayList<SettingsLayer>();
        // Who is trusted more must not lean on a mode that somebody trusted less defines.
        ModeNames names = ModeNames.closed(hostModes);
        Optional<Entry> administrators = SettingsFile.read(paths.administrator());
        if (administrators.isPresent()) {
            layers.add(new SettingsParser(Source.ADMINISTRATOR, names).parse(administrators.get()));
        }
        Optional<Path> userFile = paths.user(environment);
        Optional<Entry> users = userFile.isPresent() ? SettingsFile.readIfReachable(userFile.get()) : Optional.empty();
        Optional<SettingsLayer> user = Optional.empty();
        if (users.isPresent()) user = Optional.of(new SettingsParser(Source.USER, names).parse(users.get()));
        Path absolute = directory.toAbsolutePath();
        Path parent = absolute.getParent();
        Optional<Entry> projects =
                SettingsFile.readWithin(parent == null ? absolute : parent, absolute.resolve("settings.json"));
        if (projects.isPresent()) layers.add(new SettingsParser(Source.PROJECT, names).parse(projects.get()));
        if (user.isPresent()) layers.add(user.get());
        return List.copyOf(layers);
    }

    /** The settings of a file that the host keeps itself; what it does not understand in them is logged. */
    public static Settings read(Path file) {
        Optional<Entry> content = SettingsFile.read(file);
        if (content.isEmpty()) {
            throw new TrailsException(
                    "settings.unreadable", file + " does not exist; create it, or use Settings.empty()");
        }
        SettingsLayer layer = new SettingsParser(Source.HOST, ModeNames.open()).parse(content.get());
        Logger log = LoggerFactory.getLogger(Settings.class);
        for (Reason warning : layer.warnings()) log.warn("{} {}", warning.message(), warning.remedy());
        return layer.settings();
    }
}
