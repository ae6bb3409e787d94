package io.trails.dagger.internal.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lines of the operation log: a command that began, or the end of one. */
final class OperationCodec {
    private final JsonFactory factory = JsonFactory.builder().build();

    byte[] began(Operation operation) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeName("op");
            json.writeString(operation.nonce());
            json.writeName("directory");
            json.writeString(wellFormed(operation.directory()));
            json.writeName("input");
            json.writeBoolean(operation.input());
            write(json, "argv", operation.argv());
            write(json, "variables", operation.variables());
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    byte[] ended(String nonce, int exitCode) {
        return ("{\"end\":\"" + nonce + "\",\"code\":" + exitCode + "}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, String name, List<String> values) {
        json.writeName(name);
        json.writeStartArray();
        for (String value : values) json.writeString(wellFormed(value));
        json.writeEndArray();
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** A line. */
    record Line(String nonce, Optional<Operation> began, int exitCode) {}

    /** Reads a line, unless a crash has torn it. */
    Optional<Line> read(String text) {
        String op = "";
        String end = "";
        String directory = "/";
        boolean input = false;
        int code = 0;
        List<String> argv = List.of();
        List<String> variables = List.of();
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "op" -> op = json.getString();
                    case "end" -> end = json.getString();
                    case "directory" -> directory = json.getString();
                    case "input" -> input = json.currentToken() == JsonToken.VALUE_TRUE;
                    case "code" -> code = json.getIntValue();
                    case "argv" -> argv = texts(json);
                    case "variables" -> variables = texts(json);
                    default -> json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) return Optional.empty();
        } catch (JacksonException torn) {
            return Optional.empty();
        }
        if (!end.isEmpty()) return Optional.of(new Line(end, Optional.empty(), code));
        if (op.isEmpty() || argv.isEmpty()) return Optional.empty();
        var operation = new Operation(op, argv, directory, variables, input, OptionalInt.empty());
        return Optional.of(new Line(op, Optional.of(operation), 0));
    }

    private static List<String> texts(JsonParser json) {
        var texts = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) texts.add(json.getString());
        return texts;
    }
}
