package io.trails.internal.state;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.SessionState;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValues;
import io.trails.spi.Plan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records for tests. */
final class Sessions {
    private Sessions() {}

    static SessionRecord session(String name) {
        return session(name, SessionState.READY);
    }

    static SessionRecord session(String name, SessionState state) {
        Plan plan = Plan.empty()
                .with("path", "/home/someone/project.trails/" + name)
                .with("branch", "trails/" + name);
        return new SessionRecord(
                name,
                SessionId.of(name),
                state,
                Optional.empty(),
                "worktree",
                Optional.of(new StoredAgent("claude", Optional.empty(), 1)),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Set.of(Isolation.FILES),
                Map.of(
                        Axis.WORKSPACE,
                        new StoredPart("worktree", plan, true),
                        Axis.SANDBOX,
                        new StoredPart(
                                "host", Plan.empty().with("directory", "/home/someone/project.trails/" + name), true),
                        Axis.TERMINAL,
                        new StoredPart("tmux", Plan.empty(), true)),
                Map.of(
                        "agent",
                        new StoredPart(
                                "tmux",
                                Plan.empty().with("socket", "/tmp/trails").with("target", name),
                                true)),
                Set.of("ANTHROPIC_API_KEY", "LANG"),
                Limits.builder().memory(4L << 30).processes(200).build(),
                NetworkPolicy.open(),
                Optional.empty(),
                JsonObject.empty());
    }

    static SessionRecord withExtra(SessionRecord session, Map<String, JsonValue> extra) {
        return new SessionRecord(
                session.name(),
                session.id(),
                session.state(),
                session.owner(),
                session.mode(),
                session.agent(),
                session.createdAt(),
                session.isolation(),
                session.parts(),
                session.terminals(),
                session.environmentNames(),
                session.limits(),
                session.network(),
                session.problem(),
                JsonObject.of(extra));
    }

    static Arbitrary<SessionRecord> records() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Plan> plans = Arbitraries.maps(text, text).ofMaxSize(4).map(Plan::new);
        Arbitrary<StoredPart> parts =
                Combinators.combine(text, plans, Arbitraries.of(true, false)).as(StoredPart::new);
        Arbitrary<StoredAgent> agents = Combinators.combine(
                        text,
                        text.list().ofMaxSize(3).optional(),
                        Arbitraries.integers().greaterOrEqual(0))
                .as(StoredAgent::new);
        Arbitrary<Instant> times = Combinators.combine(
                        Arbitraries.longs().between(-100_000_000_000L, 300_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<NetworkPolicy> networks = Arbitraries.oneOf(
                Arbitraries.just(NetworkPolicy.open()),
                Arbitraries.just(NetworkPolicy.none()),
                text.set().ofMinSize(1).ofMaxSize(3).map(NetworkPolicy.Allow::new));
        Arbitrary<Limits> limits = Arbitraries.maps(
                        Arbitraries.of(Limits.Kind.class), Arbitraries.longs().greaterOrEqual(1))
                .map(Sessions::limits);
        Arbitrary<Reason> reasons =
                Combinators.combine(Arbitraries.of("a.b", "x"), text, text).as(Reason::new);
        Arbitrary<JsonObject> extras = Arbitraries.maps(
                        text.filter(name -> !RecordEncoder.MEMBERS.contains(name)), JsonValues.arbitrary())
                .ofMaxSize(3)
                .map(members -> JsonObject.of(new LinkedHashMap<>(members)));
        Arbitrary<SessionRecord> plain = Combinators.combine(
                        text,
                        Arbitraries.of(SessionState.class),
                        text.optional(),
                        text,
                        agents.optional(),
                        times,
                        extras)
                .as((name, state, owner, mode, agent, createdAt, extra) -> withExtra(
                        new SessionRecord(
                                name,
                                SessionId.ofAny(name),
                                state,
                                owner,
                                mode,
                                agent,
                                createdAt,
                                Set.of(),
                                Map.of(),
                                Map.of(),
                                Set.of(),
                                Limits.none(),
                                NetworkPolicy.open(),
                                Optional.empty(),
                                JsonObject.empty()),
                        extra.members()));
        return Combinators.combine(
                        plain,
                        Arbitraries.of(Isolation.class).set(),
                        Arbitraries.maps(Arbitraries.of(Axis.class), parts),
                        Arbitraries.maps(text, parts).ofMaxSize(3),
                        text.set().ofMaxSize(3),
                        limits,
                        networks,
                        reasons.optional())
                .as((record, isolation, axes, terminals, names, limit, network, problem) -> new SessionRecord(
                        record.name(),
                        record.id(),
                        record.state(),
                        record.owner(),
                        record.mode(),
                        record.agent(),
                        record.createdAt(),
                        isolation,
                        axes,
                        terminals,
                        names,
                        limit,
                        network,
                        problem,
                        record.extra()));
    }

    static Arbitrary<List<SessionRecord>> states() {
        return records().list().ofMaxSize(5).uniqueElements(SessionRecord::name);
    }

    private static Limits limits(Map<Limits.Kind, Long> values) {
        var builder = Limits.builder();
        values.forEach(builder::set);
        return builder.build();
    }
}
