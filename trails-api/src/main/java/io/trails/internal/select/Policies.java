package io.trails.internal.select;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.SecurityPolicy;
import io.trails.internal.settings.SettingsLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The yes-or-no questions that policies answer: the first of host, administrator and user to answer one decides it, and a
 * project may only answer it more strictly.
 */
final class Policies {
    private record Voice(String origin, SecurityPolicy policy) {}

    private final List<Voice> trusted = new ArrayList<>();
    private final Layers layers;
    private final Modes modes;

    Policies(SecurityPolicy host, Layers layers, Modes modes) {
        this.layers = layers;
        this.modes = modes;
        trusted.add(new Voice("the host's policy", host));
        for (SettingsLayer layer : layers.trusted()) {
            trusted.add(new Voice(layer.origin(), layer.settings().policy()));
        }
    }

    /** Whether the agent may have a mode that isolates nothing without anybody asking for it by name. */
    boolean trusts(String agent) {
        for (Voice voice : trusted) {
            Optional<Set<String>> names = voice.policy().trustedAgents();
            if (names.isPresent())
                return names.get().contains(agent) || names.get().contains("*");
        }
        return false;
    }

    Reason trust(String agent) {
        for (Voice voice : trusted) {
            if (voice.policy().trustedAgents().isPresent()) {
                return Reason.of(
                        "rule.trust",
                        "Agent '" + agent + "' is " + (trusts(agent) ? "" : "not ") + "trusted, says "
                                + voice.origin());
            }
        }
        return Reason.of("rule.trust", "Agent '" + agent + "' is not trusted: no policy names trusted agents");
    }

    /** Why nothing but the wanted mode may be taken, if so. */
    Optional<Reason> fallbackRefusal(Mode wanted, boolean withProject) {
        Optional<Reason> refusal = fallbackRefusedBySettings(wanted, withProject);
        if (refusal.isPresent()) return refusal;
        for (Voice voice : trusted) {
            Optional<Boolean> allowed = voice.policy().fallbackAllowed();
            if (allowed.isEmpty()) continue;
            if (!allowed.get()) return Optional.of(refused(wanted, voice.origin()));
            break;
        }
        if (!withProject) return Optional.empty();
        for (SettingsLayer layer : layers.project()) {
            if (!layer.settings().policy().fallbackAllowed().orElse(true)) {
                return Optional.of(refused(wanted, layer.origin()));
            }
        }
        return Optional.empty();
    }

    private static Reason refused(Mode wanted, String origin) {
        return Reason.of(
                "policy.fallback-refused",
                "The security policy of " + origin + " allows nothing else than the wanted mode '" + wanted.name()
                        + "'",
                "Make '" + wanted.name() + "' usable, or ask for another mode by name");
    }

    private Optional<Reason> fallbackRefusedBySettings(Mode wanted, boolean withProject) {
        for (SettingsLayer layer : layers.trusted()) {
            Optional<Boolean> allowed = layer.settings().fallback();
            if (allowed.isEmpty()) continue;
            if (!allowed.get()) return Optional.of(off(wanted, layer));
            break;
        }
        if (!withProject) return Optional.empty();
        for (SettingsLayer layer : layers.project()) {
            if (!layer.settings().fallback().orElse(true)) return Optional.of(off(wanted, layer));
        }
        return Optional.empty();
    }

    private static Reason off(Mode wanted, SettingsLayer layer) {
        return Reason.of(
                "mode.fallback-off",
                "mode_fallback is off at " + layer.at("mode_fallback") + ", so nothing else than the wanted mode '"
                        + wanted.name() + "' is taken",
                "Make '" + wanted.name() + "' usable, ask for another mode by name, or allow mode_fallback");
    }

    /** Whether a project narrows the chain so that this mode is not fallen back to. */
    Optional<Reason> leftOutOfChain(Mode mode, boolean withProject) {
        if (!withProject) return Optional.empty();
        for (SettingsLayer layer : layers.project()) {
            Optional<List<String>> chain = layer.settings().fallbackChain();
            if (chain.isEmpty()) continue;
            boolean named = false;
            for (String name : chain.get()) named |= Modes.same(modes.named(name, false, layer.origin()), mode);
            if (!named) {
                return Optional.of(Reason.of(
                        "mode.fallback-off",
                        "mode_fallback_chain at " + layer.at("mode_fallback_chain") + " leaves '" + mode.name()
                                + "' out",
                        "Ask for '" + mode.name() + "' by name, or add it to the chain"));
            }
        }
        return Optional.empty();
    }

    boolean downgradeNeedsForce(boolean withProject) {
        if (withProject) {
            for (SettingsLayer layer : layers.project()) {
                if (layer.settings().policy().downgradeNeedsForce().orElse(false)) return true;
            }
        }
        for (Voice voice : trusted) {
            Optional<Boolean> needed = voice.policy().downgradeNeedsForce();
            if (needed.isPresent()) return needed.get();
        }
        return true;
    }

    boolean auditRequired() {
        for (SettingsLayer layer : layers.project()) {
            if (layer.settings().policy().auditRequired().orElse(false)) return true;
        }
        for (Voice voice : trusted) {
            Optional<Boolean> required = voice.policy().auditRequired();
            if (required.isPresent()) return required.get();
        }
        return false;
    }

    /** What a project asks for in vain. */
    List<Reason> ignored() {
        var ignored = new ArrayList<Reason>();
        for (SettingsLayer layer : layers.project()) {
            SecurityPolicy policy = layer.settings().policy();
            if (policy.trustedAgents().isPresent()) ignored.add(ignored("trusted_agents", layer));
            if (policy.fallbackAllowed().orElse(false)) ignored.add(ignored("fallback_allowed", layer));
            if (!policy.downgradeNeedsForce().orElse(true)) ignored.add(ignored("downgrade_needs_force", layer));
            if (!policy.auditRequired().orElse(true)) ignored.add(ignored("audit_required", layer));
            if (policy.replayAllowed().orElse(false)) ignored.add(ignored("replay_allowed", layer));
            if (layer.settings().fallback().orElse(false)) ignored.add(ignored("mode_fallback", layer));
        }
        return ignored;
    }

    private static Reason ignored(String key, SettingsLayer layer) {
        return Reason.of(
                "settings.project-may-not-loosen",
                key + " in " + layer.origin() + " is ignored: a project's settings may only tighten",
                "Put it into your own settings file");
    }
}
