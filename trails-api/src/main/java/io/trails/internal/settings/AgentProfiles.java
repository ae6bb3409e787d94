package io.trails.internal.settings;

import io.trails.AgentProfile;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.TrailsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The agents that a spec may name: the host's, those of trusted settings, and the built-in ones. Thread-safe. */
public final class AgentProfiles {
    private final List<AgentProfile> hosts;
    private final List<SettingsLayer> layers;
    private final Map<String, AgentProfile> builtIn = new ConcurrentHashMap<>();

    public AgentProfiles(List<AgentProfile> hosts, List<SettingsLayer> layers) {
        this.hosts = List.copyOf(hosts);
        this.layers = List.copyOf(layers);
    }

    /**
     * The profile of a spec's agent: its own, or the one its name stands for; empty for a session without an agent.
     *
     * @throws TrailsException {@code agent.unknown} for a name that stands for nothing
     */
    public Optional<AgentProfile> find(SessionSpec spec) {
        if (spec.profile().isPresent() || spec.agent().isEmpty()) return spec.profile();
        String name = spec.agent().get();
        Optional<AgentProfile> found = find(name);
        if (found.isEmpty()) throw unknown(name);
        return found;
    }

    /** The profile a name stands for. */
    public Optional<AgentProfile> find(String name) {
        // The last one wins, as with any other setting a host makes twice.
        for (int i = hosts.size() - 1; i >= 0; i--) {
            if (hosts.get(i).name().equals(name)) return Optional.of(hosts.get(i));
        }
        for (SettingsLayer layer : layers) {
            if (!layer.source().trusted()) continue;
            AgentProfile profile = layer.settings().agents().get(name);
            if (profile != null) return Optional.of(profile);
        }
        AgentProfile cached = builtIn.get(name);
        if (cached != null) return Optional.of(cached);
        Optional<AgentProfile> fresh = BuiltInAgents.find(name);
        if (fresh.isPresent()) builtIn.put(name, fresh.get());
        return fresh;
    }

    /** Warns of what is set for agents that nobody knows. No profile is built for that. */
    public List<Reason> unknownPreferences() {
        var warnings = new ArrayList<Reason>();
        for (SettingsLayer layer : layers) {
            unknown(
                    layer,
                    "mode_preferences",
                    layer.settings().modePreferences().keySet(),
                    warnings);
            unknown(
                    layer,
                    "agent_containers",
                    layer.settings().agentContainers().keySet(),
                    warnings);
        }
        return warnings;
    }

    private void unknown(SettingsLayer layer, String key, Set<String> names, List<Reason> warnings) {
        for (String name : names) {
            Set<String> known = known();
            if (known.contains(name)) continue;
            Optional<String> near = Spelling.nearest(name, known);
            warnings.add(Reason.of(
                    "settings.unknown-agent",
                    layer.at(key + "." + name) + ": '" + key + "' names the agent '" + name + "', which nobody knows",
                    near.isPresent()
                            ? "Did you mean '" + near.get() + "'?"
                            : "Known are " + String.join(", ", known)
                                    + "; it still counts for sessions that bring an agent of that name"));
        }
    }

    private Set<String> known() {
        var known = new TreeSet<>(BuiltInAgents.NAMES);
        for (AgentProfile host : hosts) known.add(host.name());
        for (SettingsLayer layer : layers) {
            if (layer.source().trusted()) known.addAll(layer.settings().agents().keySet());
        }
        return known;
    }

    private TrailsException unknown(String name) {
        Set<String> known = known();
        Optional<String> near = Spelling.nearest(name, known);
        return new TrailsException(
                "agent.unknown",
                "No agent is called '" + name + "'" + (near.isPresent() ? ", perhaps '" + near.get() + "'" : "")
                        + "; known are " + String.join(", ", known)
                        + ". Give its command with the spec, or define it under 'agents' in your own settings"
                        + " (those of a project are not trusted to run commands)");
    }
}
