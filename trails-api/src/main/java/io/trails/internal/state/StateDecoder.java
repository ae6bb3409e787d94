package io.trails.internal.state;

import io.trails.internal.json.Json;
import io.trails.internal.json.JsonSyntaxException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a file of any version and layout. */
final class StateDecoder {
    static final Set<String> MEMBERS = Set.of("version", "generation", "writer", "sessions", "checksum");

    private StateDecoder() {}

    /** @param project where sessions of the first trails worked that name no other place */
    static StateContent decode(byte[] bytes, Path project) throws CorruptStateException {
        Optional<StateContent> own = StateLayout.decode(bytes);
        return own.isPresent() ? own.get() : decode(parse(bytes), bytes, project);
    }

    private static JsonObject parse(byte[] bytes) throws CorruptStateException {
        try {
            JsonValue value = Json.STRICT.read(bytes);
            if (value instanceof JsonObject object) return object;
            throw new CorruptStateException("is " + value.type() + " instead of an object");
        } catch (JsonSyntaxException malformed) {
            throw new CorruptStateException("is no JSON in line " + malformed.line(), malformed);
        }
    }

    private static StateContent decode(JsonObject file, byte[] bytes, Path project) throws CorruptStateException {
        JsonValue version = file.members().get("version");
        if (version == null) {
            return new StateContent(
                    StateContent.VERSION,
                    0,
                    new FirstTrails(project).sessions(file),
                    unknown(file),
                    Optional.of(bytes));
        }
        long number = whole(version);
        if (number < 1) throw new CorruptStateException("has a version that is no positive number");
        JsonValue generation = file.members().get("generation");
        return new StateContent(
                number, generation == null ? 0 : whole(generation), sessions(file), unknown(file), Optional.empty());
    }

    private static Map<String, SessionEntry> sessions(JsonObject file) throws CorruptStateException {
        if (!(file.members().get("sessions") instanceof JsonObject sessions)) {
            throw new CorruptStateException("has no object 'sessions'");
        }
        var entries = new LinkedHashMap<String, SessionEntry>();
        for (Map.Entry<String, JsonValue> session : sessions.members().entrySet()) {
            entries.put(session.getKey(), SessionEntry.of(session.getKey(), session.getValue()));
        }
        return entries;
    }

    private static JsonObject unknown(JsonObject file) {
        var unknown = new LinkedHashMap<String, JsonValue>();
        for (Map.Entry<String, JsonValue> member : file.members().entrySet()) {
            if (!MEMBERS.contains(member.getKey())) unknown.put(member.getKey(), member.getValue());
        }
        return unknown.isEmpty() ? JsonObject.empty() : JsonObject.of(unknown);
    }

    private static long whole(JsonValue value) {
        Optional<Long> whole = value instanceof JsonNumber number ? Members.whole(number.value()) : Optional.empty();
        return whole.orElse(-1L);
    }
}
