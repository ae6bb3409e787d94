package io.trails.tmux.internal.recording;

import io.trails.Recording.Format;
import io.trails.tmux.internal.recording.CastEvent.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes asciicast v2 and v3, one line at a time. Times are whole microseconds, so that no rounding can add up. */
final class CastWriter {
    private static final int MICRO_DIGITS = 6;
    private static final long MICROS = 1_000_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .rootValueSeparator("\n")
            .characterEscapes(new PrintableJson())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final Format format;
    private final JsonGenerator json;
    private long last;

    private CastWriter(Format format, JsonGenerator json) {
        this.format = format;
        this.json = json;
    }

    static void write(Tape tape, Format format, OutputStream to) throws IOException {
        try (Events events = tape.events();
                JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), to, JsonEncoding.UTF8)) {
            var writer = new CastWriter(format, json);
            if (format == Format.ASCIICAST_V2) writer.headerV2(tape.header());
            else writer.headerV3(tape.header());
            for (var next = events.next(); next.isPresent(); next = events.next()) writer.event(next.get());
            json.writeRaw('\n');
        } catch (JacksonIOException failed) {
            throw failed.getCause();
        } catch (JacksonException failed) {
            throw new IOException("The recording cannot be written as JSON", failed);
        }
    }

    private void headerV2(CastHeader header) {
        json.writeStartObject();
        json.writeNumberProperty("version", 2);
        json.writeNumberProperty("width", header.columns());
        json.writeNumberProperty("height", header.rows());
        common(header);
        var environment = new TreeMap<>(header.environment());
        header.term().ifPresent(term -> environment.put("TERM", term));
        environment(environment);
        json.writeEndObject();
    }

    private void headerV3(CastHeader header) {
        json.writeStartObject();
        json.writeNumberProperty("version", 3);
        json.writeObjectPropertyStart("term");
        json.writeNumberProperty("cols", header.columns());
        json.writeNumberProperty("rows", header.rows());
        header.term().ifPresent(term -> json.writeStringProperty("type", whole(term)));
        json.writeEndObject();
        common(header);
        environment(new TreeMap<>(header.environment()));
        json.writeEndObject();
    }

    private void common(CastHeader header) {
        header.startMicros().ifPresent(at -> json.writeNumberProperty("timestamp", Math.floorDiv(at, MICROS)));
        header.idleSeconds().ifPresent(limit -> json.writeNumberProperty("idle_time_limit", limit));
        header.command().ifPresent(command -> json.writeStringProperty("command", whole(command)));
        header.title().ifPresent(title -> json.writeStringProperty("title", whole(title)));
    }

    private void environment(Map<String, String> variables) {
        if (variables.isEmpty()) return;
        json.writeObjectPropertyStart("env");
        variables.forEach((name, value) -> json.writeStringProperty(whole(name), whole(value)));
        json.writeEndObject();
    }

    private void event(CastEvent event) {
        if (format == Format.ASCIICAST_V2 && event.kind() == Kind.EXIT) return;
        long time = format == Format.ASCIICAST_V2 ? event.micros() : event.micros() - last;
        last = event.micros();
        json.writeStartArray();
        json.writeNumber(BigDecimal.valueOf(time, MICRO_DIGITS));
        json.writeString(event.kind().code());
        json.writeString(whole(event.data()));
        json.writeEndArray();
    }

    /** Half a character, which a string of Java can hold, has no place in a file. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) i++;
            else return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        }
        return text;
    }
}
