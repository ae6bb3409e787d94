package io.trails.internal.json;

import io.trails.internal.json.JsonValue.JsonArray;
import io.trails.internal.json.JsonValue.JsonBoolean;
import io.trails.internal.json.JsonValue.JsonNull;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads and writes JSON (RFC 8259), in UTF-8. Thread-safe. */
public final class Json {
    /** As machines write it. */
    public static final Json STRICT = new Json(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** As people write it: comments and trailing commas are tolerated. */
    public static final Json LENIENT = new Json(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build());

    private final JsonFactory factory;

    private Json(JsonFactory factory) {
        this.factory = factory;
    }

    /** The one value the bytes hold. */
    public JsonValue read(byte[] bytes) throws JsonSyntaxException {
        return read(bytes, 0, bytes.length);
    }

    /** The one value a part of the bytes holds. */
    public JsonValue read(byte[] bytes, int from, int to) throws JsonSyntaxException {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            JsonToken first = parser.nextToken();
            if (first == null) throw new JsonSyntaxException("is empty", 1, 1);
            JsonValue value = value(parser, first);
            if (parser.nextToken() != null) {
                throw wrong("goes on after its end", parser);
            }
            return value;
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            // Of some errors, as of bytes that are no text, the place is not known.
            int line = at == null ? 1 : Math.max(1, at.getLineNr());
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw new JsonSyntaxException(words(malformed), line, column, malformed);
        }
    }

    /** What the parser says, without what it says of itself and of its source. */
    private static String words(JacksonException malformed) {
        if (malformed instanceof UnexpectedEndOfInputException) return "ends too early";
        if (malformed instanceof StreamConstraintsException)
            return "is nested too deeply, or has too long a name or number";
        String message = String.valueOf(malformed.getOriginalMessage());
        int source = message.indexOf("[Source");
        int clause = message.lastIndexOf('(', source);
        return source < 0
                ? message
                : message.substring(0, clause < 0 ? source : clause).strip();
    }

    private static JsonSyntaxException wrong(String what, JsonParser parser) {
        return new JsonSyntaxException(
                what, line(parser), parser.currentTokenLocation().getColumnNr());
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static JsonValue value(JsonParser parser, JsonToken token) throws JsonSyntaxException {
        int line = line(parser);
        return switch (token) {
            case START_OBJECT -> new JsonObject(members(parser), line);
            case START_ARRAY -> new JsonArray(items(parser), line);
            case VALUE_STRING -> new JsonString(parser.getString(), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(number(parser), line);
            case VALUE_TRUE, VALUE_FALSE -> new JsonBoolean(token == JsonToken.VALUE_TRUE, line);
            case VALUE_NULL -> new JsonNull(line);
            default -> throw wrong("has an unexpected " + token, parser);
        };
    }

    private static BigDecimal number(JsonParser parser) throws JsonSyntaxException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException unbounded) {
            // Jackson lets the one of an exponent beyond all limits through.
            throw wrong("has a number that is too large", parser);
        }
    }

    private static Map<String, JsonValue> members(JsonParser parser) throws JsonSyntaxException {
        var members = new LinkedHashMap<String, JsonValue>();
        for (JsonToken token = next(parser); token != JsonToken.END_OBJECT; token = next(parser)) {
            String name = parser.currentName();
            members.put(name, value(parser, next(parser)));
        }
        return members;
    }

    private static List<JsonValue> items(JsonParser parser) throws JsonSyntaxException {
        var items = new ArrayList<JsonValue>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            items.add(value(parser, token));
        }
        return items;
    }

    private static JsonToken next(JsonParser parser) throws JsonSyntaxException {
        JsonToken token = parser.nextToken();
        if (token == null) throw wrong("ends too early", parser);
        return token;
    }

    /** The value on one line. */
    public byte[] write(JsonValue value) {
        return new JsonWriter().value(value).toByteArray();
    }
}
