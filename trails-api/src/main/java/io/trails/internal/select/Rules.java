package io.trails.internal.select;

import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.SecurityPolicy;
import io.trails.internal.settings.SettingsLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All rules that hold for this project, whoever made them. */
final class Rules {
    private final Places places;
    private final List<Rule> rules = new ArrayList<>();

    Rules(Path project, SecurityPolicy host, Layers layers, Modes modes) {
        places = Places.of(project);
        add(host.rules(), modes, "the host's policy", true);
        for (SettingsLayer layer : layers.trusted()) add(layer, modes);
        for (SettingsLayer layer : layers.project()) add(layer, modes);
    }

    private void add(SettingsLayer layer, Modes modes) {
        boolean trusted = layer.source().trusted();
        add(layer.settings().policy().rules(), modes, layer.origin(), trusted);
        add(layer.settings().projectRules(), modes, layer.origin(), trusted);
    }

    private void add(List<ModeRule> more, Modes modes, String origin, boolean trusted) {
        for (ModeRule rule : more) {
            Rule resolved = Rule.of(rule, modes, origin, trusted);
            if (places.match(rule.path())) rules.add(resolved);
        }
    }

    /** Those that concern an agent, trusted ones first. */
    List<Rule> concerning(Optional<String> agent, boolean withProject) {
        var concerning = new ArrayList<Rule>();
        for (Rule rule : rules) if (rule.concerns(agent) && (withProject || rule.trusted())) concerning.add(rule);
        return concerning;
    }

    static boolean permit(List<Rule> rules, Mode mode) {
        for (Rule rule : rules) if (!rule.permits(mode)) return false;
        return true;
    }
}
