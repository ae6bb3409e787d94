package io.trails.worktree.internal.pull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An object that is sent to a server. Single-threaded. */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Map<String, Object> members = new LinkedHashMap<>();

    public JsonText put(String name, String value) {
        members.put(name, value);
        return this;
    }

    public JsonText put(String name, boolean value) {
        members.put(name, value);
        return this;
    }

    public JsonText put(String name, long value) {
        members.put(name, value);
        return this;
    }

    /** An array of texts, or of numbers. */
    public JsonText put(String name, Collection<?> values) {
        members.put(name, values);
        return this;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> member : members.entrySet()) {
                json.writeName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Collection<?> items) {
            json.writeStartArray();
            for (Object item : items) write(json, item);
            json.writeEndArray();
        } else {
            json.writeString(wellFormed(value.toString()));
        }
    }

    /** The generator refuses half a pair of surrogates, which an agent's text may hold. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
