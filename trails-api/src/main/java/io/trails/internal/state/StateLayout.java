package io.trails.internal.state;

import io.trails.internal.json.Json;
import io.trails.internal.json.JsonSyntaxException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How this version writes the file: JSON with one session a line and a checksum at the end.
 *
 * <pre>
 * {"version":1,"generation":7,"writer":"...","sessions":{
 * "fix-login":{"id":"fix-login",...},
 * "other":{"id":"other",...}
 * },"checksum":"cbf43926"}
 * </pre>
 *
 * Bytes whose checksum is right were written here, so they are cut into lines without being parsed: a thousand sessions cost
 * what the one costs that is looked at. Whatever else is valid JSON, such as an edited file, is read by {@link StateDecoder}.
 */
final class StateLayout {
    private static final byte[] HEAD = ascii("{\"version\":" + StateContent.VERSION + ",\"generation\":");
    private static final byte[] WRITER = ascii(",\"writer\":\"");
    private static final byte[] SESSIONS = ascii("\",\"sessions\":{\n");
    private static final byte[] CHECKSUM = ascii("\"checksum\":\"");
    private static final byte[] END = ascii("\"}\n");
    private static final int DIGITS = 8;

    private final byte[] bytes;

    /** The same, a character a byte: the JDK looks for a character many bytes at a time. */
    private final String characters;

    private int at;

    private StateLayout(byte[] bytes) {
        this.bytes = bytes;
        this.characters = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** @param writer unique to the store that writes, so that no two writes of a generation look the same */
    static byte[] encode(StateContent content, String writer) {
        var json = new JsonWriter(expectedSize(content)).beginObject();
        json.name("version").number(StateContent.VERSION);
        json.name("generation").number(content.generation());
        json.name("writer").string(writer);
        json.name("sessions").beginObject();
        for (SessionEntry entry : content.entries().values()) {
            json.onNewLine().name(entry.name());
            entry.writeTo(json);
        }
        json.lineBreak().endObject();
        for (Map.Entry<String, JsonValue> member : content.unknown().members().entrySet()) {
            json.name(member.getKey()).value(member.getValue());
        }
        // The comma before the last member is part of what is summed.
        json.comma();
        String checksum = json.checksum();
        return json.name("checksum").string(checksum).endObject().lineBreak().toByteArray();
    }

    /** About right: what is not counted fits into the rest, or lets the array grow once. */
    private static int expectedSize(StateContent content) {
        int size = 1_024;
        for (SessionEntry entry : content.entries().values()) size += entry.size();
        return size;
    }

    /** The content, if the bytes are as {@link #encode} wrote them. */
    static Optional<StateContent> decode(byte[] bytes) throws CorruptStateException {
        int summed = bytes.length - CHECKSUM.length - DIGITS - END.length;
        if (summed < 0 || !matches(bytes, 0, HEAD) || !matches(bytes, summed, CHECKSUM)) return Optional.empty();
        if (!matches(bytes, bytes.length - END.length, END)) return Optional.empty();
        String stated = new String(bytes, summed + CHECKSUM.length, DIGITS, StandardCharsets.US_ASCII);
        if (!stated.equals(JsonWriter.checksum(bytes, summed))) return Optional.empty();
        return Optional.of(new StateLayout(bytes).content(summed));
    }

    private StateContent content(int summed) throws CorruptStateException {
        at = HEAD.length;
        long generation = 0;
        for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) generation = generation * 10 + bytes[at] - '0';
        expect(WRITER);
        while (bytes[at] != '"') at++;
        expect(SESSIONS);
        var entries = new LinkedHashMap<String, SessionEntry>();
        // Without sessions there is an empty line.
        if (bytes[at] == '\n') at++;
        while (bytes[at] == '"') {
            SessionEntry entry = line();
            entries.put(entry.name(), entry);
        }
        return new StateContent(StateContent.VERSION, generation, entries, unknown(summed), Optional.empty());
    }

    private SessionEntry line() throws CorruptStateException {
        int start = at;
        boolean escaped = false;
        for (at++; bytes[at] != '"'; at++) {
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
            }
        }
        int end = at++;
        String name = escaped
                ? unescaped(start, end + 1)
                : new String(bytes, start + 1, end - start - 1, StandardCharsets.UTF_8);
        int from = ++at;
        at = characters.indexOf('\n', from);
        int to = bytes[at - 1] == ',' ? at - 1 : at;
        at++;
        return SessionEntry.of(name, bytes, from, to);
    }

    private String unescaped(int from, int to) throws CorruptStateException {
        try {
            return ((JsonValue.JsonString) Json.STRICT.read(bytes, from, to)).value();
        } catch (JsonSyntaxException impossible) {
            throw new CorruptStateException("has a session whose name is no string", impossible);
        }
    }

    /** What stands between the sessions' closing bracket and the checksum, with a comma at either end. */
    private JsonObject unknown(int summed) throws CorruptStateException {
        if (summed - at <= 2) return JsonObject.empty();
        byte[] object = Arrays.copyOfRange(bytes, at + 1, summed);
        object[0] = '{';
        object[object.length - 1] = '}';
        try {
            return (JsonObject) Json.STRICT.read(object);
        } catch (JsonSyntaxException impossible) {
            throw new CorruptStateException("has members that are no JSON", impossible);
        }
    }

    private void expect(byte[] expected) throws CorruptStateException {
        if (!matches(bytes, at, expected)) throw new CorruptStateException("is laid out in an unknown way");
        at += expected.length;
    }

    private static boolean matches(byte[] bytes, int at, byte[] expected) {
        return bytes.length - at >= expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
