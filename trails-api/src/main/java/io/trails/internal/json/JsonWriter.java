package io.trails.internal.json;

import io.trails.internal.json.JsonValue.JsonArray;
import io.trails.internal.json.JsonValue.JsonBoolean;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes JSON as UTF-8 bytes on one line. Single-threaded; the caller keeps the structure right.
 *
 * <p>Written here rather than with Jackson's generator because that one refuses unpaired surrogates, which file names and
 * outputs of foreign programs do contain: they are escaped, and read back as they were.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private byte[] bytes;
    private int size;
    private boolean comma;

    public JsonWriter() {
        this(512);
    }

    /** @param expected how many bytes there will be, so that much text is not copied as it grows */
    public JsonWriter(int expected) {
        bytes = new byte[expected];
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** The name of the member whose value comes next. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        put(':');
        comma = false;
        return this;
    }

    public JsonWriter string(String value) {
        separate();
        quote(value);
        return this;
    }

    public JsonWriter number(long value) {
        separate();
        ascii(Long.toString(value));
        return this;
    }

    public JsonWriter bool(boolean value) {
        separate();
        ascii(value ? "true" : "false");
        return this;
    }

    /** A value that is JSON already. */
    public JsonWriter raw(byte[] json, int from, int to) {
        separate();
        reserve(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    /** Has the next member or item start on a new line. */
    public JsonWriter onNewLine() {
        return comma().lineBreak();
    }

    /** Writes the comma that the next member or item needs ahead of it. */
    public JsonWriter comma() {
        if (comma) put(',');
        comma = false;
        return this;
    }

    /** A line break before a bracket, or after the last one. */
    public JsonWriter lineBreak() {
        put('\n');
        return this;
    }

    public JsonWriter value(JsonValue value) {
        if (value instanceof JsonObject object) {
            beginObject();
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                name(member.getKey()).value(member.getValue());
            }
            return endObject();
        }
        if (value instanceof JsonArray array) {
            beginArray();
            for (JsonValue item : array.items()) value(item);
            return endArray();
        }
        if (value instanceof JsonString string) return string(string.value());
        if (value instanceof JsonBoolean bool) return bool(bool.value());
        separate();
        ascii(value instanceof JsonNumber number ? number.value().toString() : "null");
        return this;
    }

    /** The CRC-32 of all that was written so far, in 8 hexadecimal digits. */
    public String checksum() {
        return checksum(bytes, size);
    }

    /** The CRC-32 of the first bytes, in 8 hexadecimal digits. */
    public static String checksum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return Long.toHexString(crc.getValue() | (1L << 32)).substring(1);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private JsonWriter begin(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) put(',');
        comma = true;
    }

    private void quote(String text) {
        put('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c >= 0x20 && c < 0x80) {
                put(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                escape(c);
            } else if (c < 0x800) {
                put(0xC0 | (c >> 6));
                put(0x80 | (c & 0x3F));
            } else {
                put(0xE0 | (c >> 12));
                put(0x80 | ((c >> 6) & 0x3F));
                put(0x80 | (c & 0x3F));
            }
        }
        put('"');
    }

    private void fourBytes(int codePoint) {
        put(0xF0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3F));
        put(0x80 | ((codePoint >> 6) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    }

    private void escape(char c) {
        put('\\');
        switch (c) {
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                put('u');
                for (int shift = 12; shift >= 0; shift -= 4) put(HEX.charAt((c >> shift) & 0xF));
            }
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) put(text.charAt(i));
    }

    private void put(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
}
