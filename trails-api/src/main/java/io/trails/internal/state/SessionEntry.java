package io.trails.internal.state;

import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.SessionState;
import io.trails.internal.json.Json;
import io.trails.internal.json.JsonSyntaxException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import io.trails.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session of the file: its JSON, and the record once somebody asked for it. Immutable but for that. One that cannot be
 * read keeps its JSON to the byte and shows as {@link SessionState#LOST}.
 */
final class SessionEntry {
    private static final byte[] ID = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATE = "\",\"state\":\"".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final byte[] json;
    private final int from;
    private final int to;

    // Racing threads at worst decode the same bytes twice.
    private volatile @Nullable SessionRecord session;
    private volatile @Nullable String id;

    private SessionEntry(String name, byte[] json, int from, int to, @Nullable SessionRecord session) {
        this.name = name;
        this.json = json;
        this.from = from;
        this.to = to;
        this.session = session;
    }

    static SessionEntry of(SessionRecord session) {
        byte[] json = RecordEncoder.encode(session);
        return new SessionEntry(session.name(), json, 0, json.length, session);
    }

    /** The entry whose JSON is a part of the bytes, which nobody changes any more. */
    static SessionEntry of(String name, byte[] json, int from, int to) {
        return new SessionEntry(name, json, from, to, null);
    }

    static SessionEntry of(String name, JsonValue value) {
        byte[] json = new JsonWriter().value(value).toByteArray();
        return of(name, json, 0, json.length);
    }

    String name() {
        return name;
    }

    /** How many bytes its line takes, unless its name has to be escaped or is no ASCII. */
    int size() {
        return name.length() + to - from + "\"\":,\n".length();
    }

    void writeTo(JsonWriter file) {
        file.raw(json, from, to);
    }

    /** Takes over what was decoded of the same bytes before. */
    void reuse(SessionEntry earlier) {
        if (Arrays.equals(json, from, to, earlier.json, earlier.from, earlier.to)) {
            session = earlier.session;
            id = earlier.id;
        }
    }

    boolean sameBytes(SessionEntry other) {
        return Arrays.equals(json, from, to, other.json, other.from, other.to);
    }

    SessionRecord session() {
        SessionRecord known = session;
        if (known == null) {
            known = decode();
            session = known;
        }
        return known;
    }

    String id() {
        String known = id;
        if (known == null) {
            int end = endOfId();
            known = end < 0
                    ? session().id()
                    : new String(json, from + ID.length, end - from - ID.length, StandardCharsets.US_ASCII);
            id = known;
        }
        return known;
    }

    /** Whether somebody was creating or removing the session when this was written. */
    boolean isUnsettled() {
        int end = endOfId();
        if (end < 0 || !startsWith(STATE, end)) {
            SessionState state = session().state();
            return state == SessionState.CREATING || state == SessionState.REMOVING;
        }
        // CREATING and REMOVING, unlike READY, STOPPED and LOST.
        byte first = json[end + STATE.length];
        byte second = json[end + STATE.length + 1];
        return first == 'C' || (first == 'R' && second == 'E' && json[end + STATE.length + 2] == 'M');
    }

    private int endOfId() {
        if (!startsWith(ID, from)) return -1;
        int end = from + ID.length;
        while (end < to && json[end] != '"' && json[end] != '\\') end++;
        return end < to && json[end] == '"' ? end : -1;
    }

    private boolean startsWith(byte[] prefix, int at) {
        return to - at > prefix.length + 2 && Arrays.equals(json, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private SessionRecord decode() {
        JsonValue value;
        try {
            value = Json.STRICT.read(json, from, to);
        } catch (JsonSyntaxException damaged) {
            String text = new String(json, from, to - from, StandardCharsets.UTF_8);
            return unreadable(JsonString.of(text), "it is no JSON");
        }
        try {
            return RecordDecoder.decode(name, value);
        } catch (UnreadableRecordException foreign) {
            return unreadable(value, String.valueOf(foreign.getMessage()));
        }
    }

    private SessionRecord unreadable(JsonValue value, String why) {
        Reason problem = Reason.of(
                SessionRecord.UNREADABLE,
                "What is stored of session '" + name + "' cannot be understood: " + why,
                "Use the version of trails that wrote it, mend its entry in state.json, or remove the session");
        return new SessionRecord(
                name,
                SessionId.ofAny(name),
                SessionState.LOST,
                Optional.empty(),
                "unknown",
                Optional.empty(),
                Instant.EPOCH,
                Set.<Isolation>of(),
                Map.of(),
                Map.of(),
                Set.of(),
                Limits.none(),
                NetworkPolicy.open(),
                Optional.of(problem),
                JsonObject.of(Map.of("unreadable", value)));
    }
}
