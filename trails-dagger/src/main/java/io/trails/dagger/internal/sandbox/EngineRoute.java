package io.trails.dagger.internal.sandbox;

import io.trails.ContainerEngine;
import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.spi.SandboxSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which engine a session goes to, and what is done there about each limit and the network. The Dagger Engine's API has no limits and
 * no switch for the network: what neither the shell in the container nor trails can keep needs an engine that is prepared for it.
 * Immutable.
 *
 * @param engine empty for the one that the environment names
 * @param answers one for each limit that is set, and one for the network unless it is open
 */
public record EngineRoute(Optional<ContainerEngine> engine, List<Enforcement> answers) {
    /** The name of the engine that the environment names, unless settings declare one of that name. */
    public static final String DEFAULT = "default";

    private static final Set<Kind> BY_SHELL = Set.of(Kind.CPU_TIME, Kind.OPEN_FILES, Kind.FILE_SIZE);

    /** Copies the list. */
    public EngineRoute {
        answers = List.copyOf(answers);
    }

    /** Where such a session goes. */
    public static EngineRoute of(Limits limits, NetworkPolicy network, SandboxSettings settings) {
        Set<Kind> needed = EnumSet.noneOf(Kind.class);
        for (Kind kind : limits.asMap().keySet()) {
            if (kind != Kind.WALL_CLOCK && !BY_SHELL.contains(kind)) needed.add(kind);
        }
        Optional<ContainerEngine> usual = settings.engines().stream()
                .filter(engine -> engine.name().equals(DEFAULT))
                .findFirst();
        boolean any = needed.isEmpty() && network instanceof NetworkPolicy.Open;
        Optional<ContainerEngine> chosen = any ? usual : fitting(limits, needed, network, settings, usual);
        var answers = new ArrayList<Enforcement>();
        for (Kind kind : limits.asMap().keySet()) answers.add(answer(kind, needed, chosen, settings));
        if (!(network instanceof NetworkPolicy.Open)) answers.add(answer(network, chosen, settings));
        return new EngineRoute(chosen.isPresent() ? chosen : usual, answers);
    }

    /** The first one that keeps to all of it; the usual one if it does. */
    private static Optional<ContainerEngine> fitting(
            Limits limits,
            Set<Kind> needed,
            NetworkPolicy network,
            SandboxSettings settings,
            Optional<ContainerEngine> usual) {
        var candidates = new ArrayList<ContainerEngine>();
        usual.ifPresent(candidates::add);
        candidates.addAll(settings.engines());
        for (ContainerEngine engine : candidates) {
            boolean keeps = needed.stream().allMatch(kind -> keeps(engine, kind, limits));
            if (keeps && covers(engine.network(), network)) return Optional.of(engine);
        }
        return Optional.empty();
    }

    private static boolean keeps(ContainerEngine engine, Kind kind, Limits wanted) {
        OptionalLong declared = engine.limits().get(kind);
        return declared.isPresent() && declared.getAsLong() <= wanted.get(kind).orElse(Long.MAX_VALUE);
    }

    /** Whether an engine that can reach so much keeps a session to what it may reach. */
    private static boolean covers(NetworkPolicy engine, NetworkPolicy wanted) {
        if (wanted instanceof NetworkPolicy.Open) return engine instanceof NetworkPolicy.Open;
        if (engine instanceof NetworkPolicy.None) return true;
        return engine instanceof NetworkPolicy.Allow reaches
                && wanted instanceof NetworkPolicy.Allow may
                && may.hosts().containsAll(reaches.hosts());
    }

    private static Enforcement answer(
            Kind kind, Set<Kind> needed, Optional<ContainerEngine> chosen, SandboxSettings settings) {
        if (kind == Kind.WALL_CLOCK) {
            return new Enforcement(
                    kind.name(),
                    Level.MONITORED,
                    Reason.of(
                            "limit.deadline",
                            "A watchdog in the container ends a command at its deadline, and the container ends with it;"
                                    + " if the watchdog does not, trails has the engine end it"));
        }
        if (!needed.contains(kind)) {
            String outputs = kind == Kind.FILE_SIZE ? "; a command's outputs are files there too" : "";
            return new Enforcement(
                    kind.name(),
                    Level.ENFORCED,
                    Reason.of(
                            "limit.rlimit",
                            "The shell of the container sets it with ulimit, and the kernel keeps it for every process"
                                    + outputs));
        }
        if (chosen.isPresent()) {
            return new Enforcement(
                    kind.name(),
                    Level.ENFORCED,
                    Reason.of(
                            "dagger.engine-limits",
                            "The engine '" + chosen.get().name()
                                    + "' is declared to keep to it, for all its sessions together" + " or for each"));
        }
        return new Enforcement(
                kind.name(),
                Level.REFUSED,
                Reason.of(
                        "limit.impossible",
                        "The Dagger Engine's API limits no container, and no declared engine keeps to this and all else"
                                + " that was asked for" + declared(settings),
                        "declare an engine in the settings whose own configuration keeps it, or drop the limit"));
    }

    private static Enforcement answer(
            NetworkPolicy network, Optional<ContainerEngine> chosen, SandboxSettings settings) {
        String subject = "NETWORK";
        if (chosen.isPresent()) {
            return new Enforcement(
                    subject,
                    Level.ENFORCED,
                    Reason.of(
                            "dagger.engine-network",
                            "The engine '" + chosen.get().name()
                                    + "' is declared to keep its containers to that network"));
        }
        String wanted = network instanceof NetworkPolicy.None ? "none" : "allow";
        return new Enforcement(
                subject,
                Level.REFUSED,
                Reason.of(
                        "dagger.network-open",
                        "The Dagger Engine's API cannot keep a container from the network, and no declared engine is prepared"
                                + " for it" + declared(settings),
                        "declare an engine in the settings that has no other network, with network '" + wanted
                                + "', or leave the network open"));
    }

    private static String declared(SandboxSettings settings) {
        List<String> names =
                settings.engines().stream().map(ContainerEngine::name).toList();
        return names.isEmpty() ? "" : " (declared: " + String.join(", ", names) + ")";
    }

    /** The refusals among the answers. */
    public Optional<Enforcement> refusal() {
        return answers.stream()
                .filter(answer -> answer.level() == Level.REFUSED)
                .findFirst();
    }

    /** What plans call the engine. */
    public String name() {
        return engine.map(ContainerEngine::name).orElse(DEFAULT);
    }
}
