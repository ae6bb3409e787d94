package io.trails.internal.settings;

import io.trails.ContainerEngine;
import io.trails.ContainerRecipe;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.Settings;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonString;
import io.trails.internal.settings.SettingsLayer.Source;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is configured for containers. Single-threaded, for one file. A repository's recipes are read like any other:
 * whether they are followed depends on what others approve, see {@link ContainerRecipes}.
 */
final class ContainerParser {
    private static final long MEBI = 1 << 20;
    /** A terabyte where MiB are counted, and enough of anything else. */
    private static final long MOST = 1 << 20;

    private static final BigDecimal LEAST_CORES = new BigDecimal("0.001");

    private final Source source;
    private final Settings.Builder settings;
    private final List<Reason> warnings;
    private final Map<String, Integer> lines;

    ContainerParser(Source source, Settings.Builder settings, List<Reason> warnings, Map<String, Integer> lines) {
        this.source = source;
        this.settings = settings;
        this.warnings = warnings;
        this.lines = lines;
    }

    void parse(Section top) {
        top.find("container").ifPresent(this::container);
        top.find("agent_containers").ifPresent(this::agentContainers);
        top.find("approved_recipes").ifPresent(this::approved);
        top.find("engines").ifPresent(this::engines);
        top.find("upload_limit_mb").ifPresent(this::uploadLimit);
    }

    private void container(Entry entry) {
        ContainerRecipe recipe = RecipeParser.parse(entry, warnings);
        if (withoutEffect(entry)) return;
        settings.container(recipe);
        lines.put("container", entry.value().line());
    }

    private void agentContainers(Entry entry) {
        for (Map.Entry<String, Entry> agent : entry.named().entrySet()) {
            ContainerRecipe recipe = RecipeParser.parse(agent.getValue(), warnings);
            if (withoutEffect(agent.getValue())) continue;
            settings.agentContainer(agent.getKey(), recipe);
            lines.put(
                    "agent_containers." + agent.getKey(),
                    agent.getValue().value().line());
        }
    }

    /** An administrator sets bounds, not wishes. */
    private boolean withoutEffect(Entry entry) {
        if (source != Source.ADMINISTRATOR) return false;
        warnings.add(Reason.of(
                "settings.no-effect",
                entry.at() + ": '" + entry.key() + "' has no effect in the administrator's file",
                "Approve recipes there with 'approved_recipes', and declare engines with 'engines'"));
        return true;
    }

    private void approved(Entry entry) {
        for (Entry item : entry.items()) {
            String hash = item.text();
            try {
                if (source.trusted()) settings.approvedRecipe(hash);
            } catch (IllegalArgumentException noHash) {
                throw item.invalid("'sha256:' and 64 hexadecimal digits, as the warning about the recipe shows it");
            }
        }
        isIgnored(entry, "settings.untrusted-approval", "approve its own recipes");
    }

    private void engines(Entry entry) {
        if (isIgnored(entry, "settings.untrusted-engines", "choose what sessions are given to")) return;
        for (Map.Entry<String, Entry> each : entry.named().entrySet()) {
            settings.engine(engine(each.getKey(), each.getValue()));
        }
    }

    private ContainerEngine engine(String name, Entry entry) {
        var section = new Section(entry);
        Optional<Path> cli = section.find("cli").map(ContainerParser::path);
        Optional<String> runnerHost = section.find("runner_host").map(Entry::text);
        NetworkPolicy network =
                section.find("network").map(ContainerParser::network).orElseGet(NetworkPolicy::open);
        Limits limits = section.find("limits").map(this::limits).orElseGet(Limits::none);
        section.end(warnings);
        try {
            return new ContainerEngine(name, cli, runnerHost, network, limits);
        } catch (IllegalArgumentException wrong) {
            throw entry.failure("is no engine: " + wrong.getMessage());
        }
    }

    private static Path path(Entry entry) {
        try {
            Path path = Path.of(entry.text());
            if (path.isAbsolute()) return path;
        } catch (InvalidPathException noPath) {
            throw entry.invalid("an absolute path");
        }
        throw entry.invalid("an absolute path");
    }

    private static NetworkPolicy network(Entry entry) {
        if (entry.value() instanceof JsonString word) {
            if (word.value().equals("open")) return NetworkPolicy.open();
            if (word.value().equals("none")) return NetworkPolicy.none();
            throw entry.invalid("'open', 'none' or a list of hosts");
        }
        List<String> hosts = entry.texts();
        if (hosts.isEmpty()) throw entry.invalid("'open', 'none' or a list of hosts");
        return NetworkPolicy.allow(AgentParser.distinct(entry));
    }

    private Limits limits(Entry entry) {
        var section = new Section(entry);
        Limits.Builder limits = Limits.builder();
        section.find("cpu_time_s").ifPresent(time -> limits.set(Limits.Kind.CPU_TIME, scaled(time, 1_000)));
        section.find("cores").ifPresent(cores -> limits.set(Limits.Kind.CPU_SHARE, thousandths(cores)));
        section.find("memory_mb").ifPresent(memory -> limits.set(Limits.Kind.MEMORY, scaled(memory, MEBI)));
        section.find("processes").ifPresent(count -> limits.set(Limits.Kind.PROCESSES, scaled(count, 1)));
        section.find("open_files").ifPresent(count -> limits.set(Limits.Kind.OPEN_FILES, scaled(count, 1)));
        section.find("file_size_mb").ifPresent(size -> limits.set(Limits.Kind.FILE_SIZE, scaled(size, MEBI)));
        section.find("disk_mb").ifPresent(size -> limits.set(Limits.Kind.DISK, scaled(size, MEBI)));
        section.find("wall_clock_s").ifPresent(time -> limits.set(Limits.Kind.WALL_CLOCK, scaled(time, 1_000)));
        section.end(warnings);
        return limits.build();
    }

    private static long scaled(Entry entry, long unit) {
        long value = entry.number(MOST);
        if (value == 0) throw entry.outside("at least 1");
        return value * unit;
    }

    private static long thousandths(Entry entry) {
        if (entry.value() instanceof JsonNumber cores
                && cores.value().compareTo(LEAST_CORES) >= 0
                && cores.value().compareTo(BigDecimal.valueOf(MOST)) <= 0) {
            return cores.value().movePointRight(3).longValue();
        }
        throw entry.outside("a number of cores such as 1.5, at least 0.001");
    }

    private void uploadLimit(Entry entry) {
        long bytes = scaled(entry, MEBI);
        if (isIgnored(entry, "settings.untrusted-upload-limit", "decide how much is copied")) return;
        settings.uploadLimit(bytes);
    }

    private boolean isIgnored(Entry entry, String code, String harm) {
        if (source.trusted()) return false;
        warnings.add(Reason.of(
                code,
                entry.at() + ": '" + entry.key() + "' would let the repository " + harm + ", so it is ignored",
                "Set it in your own settings file if you want it"));
        return true;
    }
}
