package io.trails.internal.state;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonWriter;
import io.trails.internal.json.Timestamps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A session as JSON. Its id and state come first, where {@link SessionEntry} finds them without reading the rest. */
final class RecordEncoder {
    static final String ID = "id";
    static final String STATE = "state";

    /** What this version writes, and what therefore is no unknown member. */
    static final Set<String> MEMBERS = Set.of(
            ID,
            STATE,
            "owner",
            "mode",
            "agent",
            "createdAt",
            "isolation",
            "parts",
            "terminals",
            "environmentNames",
            "limits",
            "network",
            "problem");

    private RecordEncoder() {}

    static byte[] encode(SessionRecord session) {
        var json = new JsonWriter().beginObject();
        json.name(ID).string(session.id());
        json.name(STATE).string(session.state().name());
        optional(json, "owner", session.owner());
        json.name("mode").string(session.mode());
        if (session.agent().isPresent()) agent(json, session.agent().get());
        json.name("createdAt").string(Timestamps.format(session.createdAt()));
        isolation(json, session.isolation());
        json.name("parts").beginObject();
        for (Axis axis : Axis.values()) {
            StoredPart part = session.parts().get(axis);
            if (part != null) part(json.name(axis.name()), part);
        }
        json.endObject();
        json.name("terminals").beginObject();
        for (Map.Entry<String, StoredPart> terminal : session.terminals().entrySet()) {
            part(json.name(terminal.getKey()), terminal.getValue());
        }
        json.endObject();
        strings(json, "environmentNames", sorted(session.environmentNames()));
        limits(json, session.limits());
        network(json, session.network());
        if (session.problem().isPresent()) problem(json, session.problem().get());
        for (Map.Entry<String, JsonValue> unknown : session.extra().members().entrySet()) {
            if (!MEMBERS.contains(unknown.getKey())) json.name(unknown.getKey()).value(unknown.getValue());
        }
        return json.endObject().toByteArray();
    }

    private static void agent(JsonWriter json, StoredAgent agent) {
        json.name("agent").beginObject().name("name").string(agent.name());
        if (agent.launch().isPresent()) strings(json, "launch", agent.launch().get());
        json.name("launches").number(agent.launches()).endObject();
    }

    private static void isolation(JsonWriter json, Set<Isolation> isolation) {
        json.name("isolation").beginArray();
        for (Isolation one : Isolation.values()) {
            if (isolation.contains(one)) json.string(one.name());
        }
        json.endArray();
    }

    private static void part(JsonWriter json, StoredPart part) {
        json.beginObject().name("provider").string(part.provider());
        json.name("plan").beginObject();
        for (Map.Entry<String, String> pair : part.plan().values().entrySet()) {
            json.name(pair.getKey()).string(pair.getValue());
        }
        json.endObject().name("created").bool(part.created()).endObject();
    }

    private static void limits(JsonWriter json, Limits limits) {
        json.name("limits").beginObject();
        for (Map.Entry<Limits.Kind, Long> limit : limits.asMap().entrySet()) {
            json.name(limit.getKey().name()).number(limit.getValue());
        }
        json.endObject();
    }

    private static void network(JsonWriter json, NetworkPolicy network) {
        json.name("network").beginObject().name("policy");
        if (network instanceof NetworkPolicy.Allow allow) {
            json.string("allow");
            strings(json, "hosts", sorted(allow.hosts()));
        } else {
            json.string(network instanceof NetworkPolicy.None ? "none" : "open");
        }
        json.endObject();
    }

    private static void problem(JsonWriter json, Reason problem) {
        json.name("problem").beginObject();
        json.name("code").string(problem.code());
        json.name("message").string(problem.message());
        json.name("remedy").string(problem.remedy()).endObject();
    }

    private static void optional(JsonWriter json, String name, Optional<String> value) {
        if (value.isPresent()) json.name(name).string(value.get());
    }

    private static void strings(JsonWriter json, String name, List<String> values) {
        json.name(name).beginArray();
        for (String value : values) json.string(value);
        json.endArray();
    }

    private static List<String> sorted(Set<String> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }
}
