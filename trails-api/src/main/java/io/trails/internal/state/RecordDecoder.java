package io.trails.internal.state;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.SessionState;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.Timestamps;
import io.trails.spi.Plan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session from JSON. What it does not know by name it keeps; what it knows by name and does not understand, such as a
 * limit of a later version, makes the whole session unreadable: half a session must not be run.
 */
final class RecordDecoder {
    private final String name;
    private final Members members;

    private RecordDecoder(String name, Members members) {
        this.name = name;
        this.members = members;
    }

    static SessionRecord decode(String name, JsonValue value) throws UnreadableRecordException {
        return new RecordDecoder(name, Members.of(value, "the session")).decode();
    }

    private SessionRecord decode() throws UnreadableRecordException {
        String id = members.string(RecordEncoder.ID);
        if (!SessionId.isSafe(id)) throw UnreadableRecordException.wrong(RecordEncoder.ID, "a session's id");
        return new SessionRecord(
                name,
                id,
                constant(SessionState.values(), members.string(RecordEncoder.STATE), RecordEncoder.STATE),
                members.optionalString("owner"),
                members.string("mode"),
                members.has("agent") ? Optional.of(agent(members.members("agent"))) : Optional.empty(),
                createdAt(),
                isolation(),
                parts(),
                terminals(),
                Set.copyOf(members.strings("environmentNames")),
                limits(members.members("limits")),
                network(members.members("network")),
                members.has("problem") ? Optional.of(problem(members.members("problem"))) : Optional.empty(),
                unknown());
    }

    private static StoredAgent agent(Members agent) throws UnreadableRecordException {
        long launches = agent.whole("launches");
        if (launches < 0 || launches > Integer.MAX_VALUE) throw UnreadableRecordException.wrong("launches", "a count");
        return new StoredAgent(
                agent.string("name"),
                agent.has("launch") ? Optional.of(agent.strings("launch")) : Optional.empty(),
                (int) launches);
    }

    private Instant createdAt() throws UnreadableRecordException {
        Optional<Instant> createdAt = Timestamps.parse(members.string("createdAt"));
        if (createdAt.isEmpty()) throw UnreadableRecordException.wrong("createdAt", "a time");
        return createdAt.get();
    }

    private Set<Isolation> isolation() throws UnreadableRecordException {
        var isolation = EnumSet.noneOf(Isolation.class);
        for (String one : members.strings("isolation")) {
            isolation.add(constant(Isolation.values(), one, "isolation"));
        }
        return isolation;
    }

    private Map<Axis, StoredPart> parts() throws UnreadableRecordException {
        var parts = new EnumMap<Axis, StoredPart>(Axis.class);
        for (var part : members.members("parts").object().members().entrySet()) {
            parts.put(constant(Axis.values(), part.getKey(), "parts"), part(part.getValue()));
        }
        return parts;
    }

    private Map<String, StoredPart> terminals() throws UnreadableRecordException {
        var terminals = new LinkedHashMap<String, StoredPart>();
        for (var terminal : members.members("terminals").object().members().entrySet()) {
            terminals.put(terminal.getKey(), part(terminal.getValue()));
        }
        return terminals;
    }

    private static StoredPart part(JsonValue value) throws UnreadableRecordException {
        Members part = Members.of(value, "a part");
        var plan = new LinkedHashMap<String, String>();
        for (var pair : part.members("plan").object().members().entrySet()) {
            plan.put(pair.getKey(), Members.string(pair.getValue(), pair.getKey()));
        }
        return new StoredPart(part.string("provider"), new Plan(plan), part.bool("created"));
    }

    private static Limits limits(Members limits) throws UnreadableRecordException {
        var builder = Limits.builder();
        for (String limit : limits.object().members().keySet()) {
            long value = limits.whole(limit);
            if (value <= 0) throw UnreadableRecordException.wrong(limit, "a positive number");
            builder.set(constant(Limits.Kind.values(), limit, "limits"), value);
        }
        return builder.build();
    }

    private static NetworkPolicy network(Members network) throws UnreadableRecordException {
        return switch (network.string("policy")) {
            case "open" -> NetworkPolicy.open();
            case "none" -> NetworkPolicy.none();
            case "allow" -> allow(Set.copyOf(network.strings("hosts")));
            default -> throw UnreadableRecordException.wrong("policy", "a known policy");
        };
    }

    private static NetworkPolicy allow(Set<String> hosts) throws UnreadableRecordException {
        if (hosts.isEmpty()) throw UnreadableRecordException.wrong("hosts", "a list of at least one");
        return new NetworkPolicy.Allow(hosts);
    }

    private static Reason problem(Members problem) throws UnreadableRecordException {
        String code = problem.string("code");
        if (code.isBlank()) throw UnreadableRecordException.wrong("code", "a code");
        return new Reason(code, problem.string("message"), problem.string("remedy"));
    }

    private JsonObject unknown() throws UnreadableRecordException {
        if (members.has(StoredRecording.MEMBER)) StoredRecording.decode(members.value(StoredRecording.MEMBER));
        var unknown = new LinkedHashMap<String, JsonValue>();
        for (var member : members.object().members().entrySet()) {
            if (!RecordEncoder.MEMBERS.contains(member.getKey())) unknown.put(member.getKey(), member.getValue());
        }
        return unknown.isEmpty() ? JsonObject.empty() : JsonObject.of(unknown);
    }

    private static <E extends Enum<E>> E constant(E[] constants, String name, String member)
            throws UnreadableRecordException {
        for (E constant : constants) {
            if (constant.name().equals(name)) return constant;
        }
        throw new UnreadableRecordException("'" + member + "' has the unknown value '" + name + "'");
    }
}
