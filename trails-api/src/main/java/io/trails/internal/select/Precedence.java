package io.trails.internal.select;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.internal.settings.SettingsLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may name the mode, in the order in which they are heard. */
final class Precedence {
    private final Layers layers;
    private final Modes modes;
    private final Optional<Mode> environment;

    Precedence(Layers layers, Modes modes, Map<String, String> environment) {
        this.layers = layers;
        this.modes = modes;
        String name = environment.getOrDefault("TRAILS_MODE", "");
        this.environment =
                name.isBlank() ? Optional.empty() : Optional.of(modes.named(name, true, "The variable TRAILS_MODE"));
        // Wrong names are reported when trails starts, not when the first session happens to need them.
        for (SettingsLayer layer : layers.trusted()) check(layer, true);
        for (SettingsLayer layer : layers.project()) check(layer, false);
    }

    private void check(SettingsLayer layer, boolean trusted) {
        if (layer.settings().mode().isPresent()) {
            modes.named(layer.settings().mode().get(), trusted, layer.at("session_mode"));
        }
        for (Map.Entry<String, String> each : layer.settings().modePreferences().entrySet()) {
            modes.named(each.getValue(), trusted, layer.at("mode_preferences." + each.getKey()));
        }
        for (String name : layer.settings().fallbackChain().orElse(List.of())) {
            modes.named(name, trusted, layer.at("mode_fallback_chain"));
        }
    }

    /**
     * Somebody who may name a mode.
     *
     * @param rank 0 is heard first
     * @param code of the reason it becomes
     * @param who for a person
     * @param mode what they say
     * @param trusted whether they may ask for less isolation than there would be without them
     */
    record Voice(int rank, String code, String who, Optional<Mode> mode, boolean trusted) {
        boolean isSession() {
            return rank == 0;
        }

        Reason considered(String effect) {
            if (mode.isPresent())
                return Reason.of(code, who + ": '" + mode.get().name() + "'" + effect);
            return Reason.of(code, who + ": " + (isSession() ? "no mode" : "not set"));
        }
    }

    List<Voice> voices(SessionSpec spec) {
        var voices = new ArrayList<Voice>();
        voices.add(new Voice(voices.size(), "rule.session", "The session asks for", spec.mode(), true));
        for (SettingsLayer layer : layers.project()) preference(layer, spec, voices);
        for (SettingsLayer layer : layers.trusted()) preference(layer, spec, voices);
        if (voices.size() == 1) voices.add(silent(1, "rule.agent-preference", "mode_preferences"));
        voices.add(new Voice(voices.size(), "rule.environment", "TRAILS_MODE", environment, true));
        int before = voices.size();
        for (SettingsLayer layer : layers.project()) general(layer, voices);
        for (SettingsLayer layer : layers.trusted()) general(layer, voices);
        if (voices.size() == before) voices.add(silent(before, "rule.settings", "session_mode"));
        return voices;
    }

    /** A rule is shown also where there is no file that it could stand in. */
    private static Voice silent(int rank, String code, String who) {
        return new Voice(rank, code, who, Optional.empty(), true);
    }

    private void preference(SettingsLayer layer, SessionSpec spec, List<Voice> voices) {
        if (isAdministrators(layer) || spec.agent().isEmpty()) return;
        String agent = spec.agent().get();
        String name = layer.settings().modePreferences().get(agent);
        String where = layer.at("mode_preferences." + agent);
        voices.add(new Voice(
                voices.size(),
                "rule.agent-preference",
                "mode_preferences for '" + agent + "' in " + where,
                name == null
                        ? Optional.empty()
                        : Optional.of(modes.named(name, layer.source().trusted(), where)),
                layer.source().trusted()));
    }

    private void general(SettingsLayer layer, List<Voice> voices) {
        if (isAdministrators(layer)) return;
        Optional<String> name = layer.settings().mode();
        String where = layer.at("session_mode");
        String code = switch (layer.source()) {
            case PROJECT -> "rule.project";
            case USER -> "rule.user";
            case HOST, ADMINISTRATOR -> "rule.host";
        };
        voices.add(new Voice(
                voices.size(),
                code,
                "session_mode in " + where,
                name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(modes.named(name.get(), layer.source().trusted(), where)),
                layer.source().trusted()));
    }

    private static boolean isAdministrators(SettingsLayer layer) {
        return layer.source() == SettingsLayer.Source.ADMINISTRATOR;
    }

    /** The first one that names a mode. */
    static Optional<Voice> first(List<Voice> voices, boolean withSession, boolean trusted) {
        for (Voice voice : voices) {
            if (voice.mode().isEmpty() || (voice.isSession() && !withSession)) continue;
            if (voice.trusted() == trusted) return Optional.of(voice);
            // A project that is outranked is not heard.
            if (voice.trusted()) return Optional.empty();
        }
        return Optional.empty();
    }
}
