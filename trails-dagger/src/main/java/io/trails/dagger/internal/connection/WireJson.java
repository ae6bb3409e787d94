package io.trails.dagger.internal.connection;

import io.trails.dagger.internal.graph.Document;
import io.trails.dagger.internal.graph.Tree;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** What goes over the wire. */
final class WireJson {
    /** An answer is as deep as the longest chain that was asked for. */
    private static final int DEPTH = 2_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(Wire.LARGEST_ANSWER)
                    .build())
            .build();

    private WireJson() {}

    static byte[] request(Document document) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringProperty("query", document.query());
            if (!document.variables().isEmpty()) {
                json.writeName("variables");
                json.writeStartObject();
                for (Map.Entry<String, String> each : document.variables().entrySet())
                    json.writeStringProperty(each.getKey(), each.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** The one value that the bytes hold, or empty if they hold something else. */
    static Optional<Tree> read(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            JsonToken first = parser.nextToken();
            if (first == null) return Optional.empty();
            Tree value = value(parser, first);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static Tree value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NULL -> new Tree.Nothing();
            case VALUE_TRUE -> new Tree.Truth(true);
            case VALUE_FALSE -> new Tree.Truth(false);
            case VALUE_NUMBER_INT -> new Tree.Whole(parser.getLongValue());
            default -> new Tree.Text(parser.getString());
        };
    }

    private static Tree object(JsonParser parser) {
        Map<String, Tree> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return new Tree.Members(members);
    }

    private static Tree array(JsonParser parser) {
        List<Tree> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken())
            items.add(value(parser, next));
        return new Tree.Items(items);
    }
}
