package io.trails.internal.settings;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.Reason;
import io.trails.RecordingOptions;
import io.trails.SecurityPolicy;
import io.trails.Settings;
import io.trails.internal.settings.SettingsLayer.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns one settings file into a layer. Single-threaded, for one file. */
final class SettingsParser {
    private final Source source;
    private final ModeNames modeNames;
    private final List<Reason> warnings = new ArrayList<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Settings.Builder settings = Settings.builder();

    /** A parser that adds the file's own modes to the names it is given. */
    SettingsParser(Source source, ModeNames modeNames) {
        this.source = source;
        this.modeNames = modeNames;
    }

    SettingsLayer parse(Entry file) {
        var top = new Section(file);
        top.find("modes").ifPresent(this::modes);
        top.find("session_mode", "default_mode").ifPresent(this::sessionMode);
        top.find("mode_preferences", "agent_modes").ifPresent(this::preferences);
        top.find("mode_fallback").ifPresent(this::fallback);
        top.find("mode_fallback_chain").ifPresent(this::chain);
        for (Entry rule : items(top.find("project_rules"))) settings.projectRule(rule(rule));
        top.find("agents").ifPresent(this::agents);
        top.find("security").ifPresent(this::security);
        top.find("cgroup_parent").ifPresent(this::cgroupParent);
        top.find("recording").ifPresent(this::recording);
        new WorkspaceParser(source.trusted(), settings, warnings).parse(top);
        new ContainerParser(source, settings, warnings, lines).parse(top);
        top.end(warnings);
        return new SettingsLayer(source, file.file(), settings.build(), warnings, lines);
    }

    private static List<Entry> items(Optional<Entry> list) {
        return list.isPresent() ? list.get().items() : List.of();
    }

    private void sessionMode(Entry entry) {
        String name = modeNames.check(entry);
        if (withoutEffect(entry)) return;
        settings.mode(name);
        lines.put("session_mode", entry.value().line());
    }

    private void preferences(Entry entry) {
        for (Map.Entry<String, Entry> preference : entry.named().entrySet()) {
            String name = modeNames.check(preference.getValue());
            if (withoutEffect(preference.getValue())) continue;
            settings.modePreference(preference.getKey(), name);
            lines.put(
                    "mode_preferences." + preference.getKey(),
                    preference.getValue().value().line());
        }
    }

    private void fallback(Entry entry) {
        boolean allowed = entry.flag();
        if (withoutEffect(entry)) return;
        settings.fallback(allowed);
        lines.put("mode_fallback", entry.value().line());
    }

    private void chain(Entry entry) {
        var names = new ArrayList<String>();
        for (Entry item : entry.items()) names.add(modeNames.check(item));
        if (withoutEffect(entry)) return;
        settings.fallbackChain(names);
        lines.put("mode_fallback_chain", entry.value().line());
    }

    /** An administrator sets bounds, not wishes. */
    private boolean withoutEffect(Entry entry) {
        if (source != Source.ADMINISTRATOR) return false;
        warnings.add(Reason.of(
                "settings.no-effect",
                entry.at() + ": '" + entry.key() + "' has no effect in the administrator's file",
                "Use 'security': its rules bind every user of the machine"));
        return true;
    }

    private void modes(Entry entry) {
        for (Map.Entry<String, Entry> each : entry.named().entrySet()) {
            if (Mode.lookup(each.getKey()).isPresent()) {
                throw each.getValue().failure("is a built-in mode or its alias; choose another name");
            }
            var section = new Section(each.getValue());
            try {
                Mode.Builder mode = Mode.named(each.getKey());
                section.find("workspaces").ifPresent(ids -> mode.workspaces(ids(ids)));
                section.find("sandboxes").ifPresent(ids -> mode.sandboxes(ids(ids)));
                section.find("terminals").ifPresent(ids -> mode.terminals(ids(ids)));
                settings.mode(mode.build());
            } catch (IllegalArgumentException wrong) {
                throw each.getValue().failure("is no mode: " + wrong.getMessage());
            }
            section.end(warnings);
            modeNames.add(each.getKey());
        }
    }

    private static String[] ids(Entry entry) {
        return entry.texts().toArray(new String[0]);
    }

    private ModeRule rule(Entry entry) {
        var section = new Section(entry);
        String pattern = section.find("pattern").map(Entry::text).orElse("**");
        String agent = section.find("agent").map(Entry::text).orElse("*");
        Optional<String> required = section.find("required_mode").map(modeNames::check);
        var allowed = new LinkedHashSet<String>();
        for (Entry item : items(section.find("allowed_modes"))) allowed.add(modeNames.check(item));
        String reason = section.find("reason").map(Entry::text).orElse("");
        section.end(warnings);
        try {
            return new ModeRule(agent, pattern, required, allowed, reason);
        } catch (IllegalArgumentException wrong) {
            throw entry.failure("is no rule: " + wrong.getMessage());
        }
    }

    private void agents(Entry entry) {
        Map<String, Entry> agents = entry.named();
        if (!source.trusted()) {
            if (!agents.isEmpty()) {
                warnings.add(Reason.of(
                        "settings.untrusted-agents",
                        entry.at() + ": 'agents' would run commands that come with the repository ("
                                + String.join(", ", agents.keySet()) + "), so they are ignored",
                        "Copy the ones you trust into your own settings file"));
            }
            return;
        }
        for (Map.Entry<String, Entry> each : agents.entrySet()) {
            AgentProfile profile = AgentParser.parse(each.getKey(), each.getValue(), warnings);
            settings.agent(profile);
        }
    }

    private void cgroupParent(Entry entry) {
        if (!source.trusted()) {
            warnings.add(Reason.of(
                    "settings.untrusted-cgroup",
                    entry.at() + ": 'cgroup_parent' would let the repository say where trails writes, so it is ignored",
                    "Name the control group in your own settings file"));
            return;
        }
        String directory = entry.text();
        try {
            settings.cgroupParent(Path.of(directory));
        } catch (IllegalArgumentException noAbsolutePath) {
            throw entry.invalid("the absolute path of a control group, such as '/sys/fs/cgroup/trails'");
        }
    }

    private void recording(Entry entry) {
        Optional<RecordingOptions> options = RecordingParser.parse(entry, source.trusted(), warnings);
        if (withoutEffect(entry)) return;
        if (options.isPresent()) settings.recording(options.get());
        else settings.noRecording();
    }

    private void security(Entry entry) {
        var section = new Section(entry);
        SecurityPolicy.Builder policy = SecurityPolicy.builder();
        section.find("trusted_agents").ifPresent(agents -> policy.trust(AgentParser.distinct(agents)));
        for (Entry rule : items(section.find("rules"))) policy.rule(rule(rule));
        section.find("fallback_allowed").ifPresent(allowed -> policy.fallbackAllowed(allowed.flag()));
        section.find("downgrade_needs_force").ifPresent(needed -> policy.downgradeNeedsForce(needed.flag()));
        section.find("audit_required").ifPresent(required -> policy.auditRequired(required.flag()));
        section.find("replay_allowed").ifPresent(allowed -> policy.replayAllowed(allowed.flag()));
        section.end(warnings);
        settings.policy(policy.build());
        lines.put("security", entry.value().line());
    }
}
