package io.trails.worktree.internal.pull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a server answered. What is not there, or of another kind than is asked for, is empty: an answer of an unexpected shape is
 * found out where a value is needed. Immutable.
 *
 * @param text of a text, a number or a truth value
 * @param members of an object
 * @param items of an array
 */
public record JsonNode(Optional<String> text, Map<String, JsonNode> members, List<JsonNode> items) {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();
    private static final JsonNode NOTHING = new JsonNode(Optional.empty(), Map.of(), List.of());

    /** The one value that the bytes hold, or empty if they hold something else. */
    public static Optional<JsonNode> read(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            JsonToken first = parser.nextToken();
            if (first == null) return Optional.empty();
            JsonNode value = value(parser, first);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static JsonNode value(JsonParser parser, JsonToken token) {
        switch (token) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, JsonNode>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    members.put(name, value(parser, parser.nextToken()));
                }
                return new JsonNode(Optional.empty(), members, List.of());
            }
            case START_ARRAY -> {
                var items = new ArrayList<JsonNode>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(value(parser, next));
                }
                return new JsonNode(Optional.empty(), Map.of(), items);
            }
            case VALUE_NULL -> {
                return NOTHING;
            }
            default -> {
                return new JsonNode(Optional.of(parser.getString()), Map.of(), List.of());
            }
        }
    }

    public JsonNode get(String name) {
        return members.getOrDefault(name, NOTHING);
    }

    public Optional<String> text(String name) {
        return get(name).text();
    }

    public boolean isTrue(String name) {
        return get(name).text().filter("true"::equals).isPresent();
    }
}
