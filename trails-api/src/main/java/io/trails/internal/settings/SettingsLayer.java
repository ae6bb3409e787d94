package io.trails.internal.settings;

import io.trails.ContainerEngine;
import io.trails.DirtyPolicy;
import io.trails.Reason;
import io.trails.RecordingOptions;
import io.trails.Settings;
import io.trails.SetupCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of one source.
 *
 * @param source whose they are, which says how far they are trusted
 * @param origin for a person, such as the file's path
 * @param settings what they configure
 * @param warnings what in them was not understood or not used
 * @param lines where keys stand in a file, such as {@code mode_preferences.claude}, in the first of their spellings
 */
public record SettingsLayer(
        Source source, String origin, Settings settings, List<Reason> warnings, Map<String, Integer> lines) {
    private static final List<Source> TRUSTED = List.of(Source.HOST, Source.ADMINISTRATOR, Source.USER);

    public SettingsLayer {
        warnings = List.copyOf(warnings);
        lines = Map.copyOf(lines);
    }

    /** Settings that stand in no file. */
    public SettingsLayer(Source source, String origin, Settings settings, List<Reason> warnings) {
        this(source, origin, settings, warnings, Map.of());
    }

    /** Where a key stands, as exactly as is known. */
    public String at(String key) {
        Integer line = lines.get(key);
        return line == null ? origin : origin + ":" + line;
    }

    /** The control group for sessions that the first of host, administrator and user names; a project is not asked. */
    public static Optional<Path> cgroupParent(List<SettingsLayer> layers) {
        return first(layers, TRUSTED, Settings::cgroupParent);
    }

    /** How sessions that do not say so are recorded: the first of host, user and project that says anything decides. */
    public static Optional<RecordingOptions> recording(List<SettingsLayer> layers) {
        return first(
                        layers,
                        List.of(Source.HOST, Source.USER, Source.PROJECT),
                        settings -> settings.decidesRecording() ? Optional.of(settings) : Optional.empty())
                .flatMap(Settings::recording);
    }

    /** Where sessions get their files: what the first of host, administrator and user says; a project is not asked. */
    public static Optional<Path> worktreeLocation(List<SettingsLayer> layers) {
        return first(layers, TRUSTED, Settings::worktreeLocation);
    }

    /** What becomes of uncommitted work: a project is asked last, and has been told that it cannot have it moved. */
    public static Optional<DirtyPolicy> dirty(List<SettingsLayer> layers) {
        return first(layers, List.of(Source.HOST, Source.ADMINISTRATOR, Source.USER, Source.PROJECT), Settings::dirty);
    }

    /** Whether large files are fetched: what the first of host, administrator and user says; a project is not asked. */
    public static Optional<Boolean> largeFiles(List<SettingsLayer> layers) {
        return first(layers, TRUSTED, Settings::largeFiles);
    }

    /** What prepares new sessions, in the order host, administrator, user; what a project wants is never run. */
    public static List<SetupCommand> setup(List<SettingsLayer> layers) {
        List<SetupCommand> all = new ArrayList<>();
        for (Source source : TRUSTED) {
            for (SettingsLayer layer : layers) {
                if (layer.source() == source) all.addAll(layer.settings().setup());
            }
        }
        return all;
    }

    /** The container engines that are prepared; of two of one name, that of host, administrator and user in this order. */
    public static List<ContainerEngine> engines(List<SettingsLayer> layers) {
        var engines = new LinkedHashMap<String, ContainerEngine>();
        for (Source source : TRUSTED) {
            for (SettingsLayer layer : layers) {
                if (layer.source() == source) layer.settings().engines().forEach(engines::putIfAbsent);
            }
        }
        return List.copyOf(engines.values());
    }

    /** The hashes of recipes that host, administrator or user approve; a project is not asked. */
    public static Set<String> approvedRecipes(List<SettingsLayer> layers) {
        var approved = new LinkedHashSet<String>();
        for (SettingsLayer layer : layers) {
            if (layer.source().trusted()) approved.addAll(layer.settings().approvedRecipes());
        }
        return approved;
    }

    /** How much is copied into a sandbox at most: what the first of host, administrator and user says. */
    public static OptionalLong uploadLimit(List<SettingsLayer> layers) {
        Optional<Long> bytes = first(layers, TRUSTED, settings -> {
            OptionalLong limit = settings.uploadLimit();
            return limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty();
        });
        return bytes.isPresent() ? OptionalLong.of(bytes.get()) : OptionalLong.empty();
    }

    private static <T> Optional<T> first(
            List<SettingsLayer> layers, List<Source> sources, Function<Settings, Optional<T>> setting) {
        for (Source source : sources) {
            for (SettingsLayer layer : layers) {
                if (layer.source() != source) continue;
                Optional<T> said = setting.apply(layer.settings());
                if (said.isPresent()) return said;
            }
        }
        return Optional.empty();
    }

    /** Whose settings they are. */
    public enum Source {
        /** The host's code. */
        HOST,
        /** The machine's administrator. */
        ADMINISTRATOR,
        /** The repository: may tighten, never loosen. */
        PROJECT,
        /** The user. */
        USER;

        /** Whether they may loosen too. */
        public boolean trusted() {
            return this != PROJECT;
        }
    }
}
