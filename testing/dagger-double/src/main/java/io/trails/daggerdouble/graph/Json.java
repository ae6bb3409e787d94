package io.trails.daggerdouble.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, strings, numbers and booleans. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static @Nullable Object read(String text) throws IOException {
        Json json = new Json(text);
        try {
            Object value = json.value();
            json.blank();
            if (json.at != text.length()) {
                throw json.unexpected();
            }
            return value;
        } catch (StringIndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("unexpected end of JSON", e);
        }
    }

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String comma = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(comma);
                quote(String.valueOf(entry.getKey()), out);
                out.append(':');
                write(entry.getValue(), out);
                comma = ",";
            }
            out.append('}');
        } else if (value instanceof Iterable<?> list) {
            out.append('[');
            String comma = "";
            for (Object element : list) {
                out.append(comma);
                write(element, out);
                comma = ",";
            }
            out.append(']');
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            quote(value.toString(), out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private @Nullable Object value() throws IOException {
        blank();
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        blank();
        while (text.charAt(at) != '}') {
            String key = string();
            blank();
            expect(':');
            map.put(key, value());
            blank();
            if (text.charAt(at) != '}') {
                expect(',');
                blank();
            }
        }
        at++;
        return map;
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        blank();
        while (text.charAt(at) != ']') {
            list.add(value());
            blank();
            if (text.charAt(at) != ']') {
                expect(',');
            }
        }
        at++;
        return list;
    }

    private String string() throws IOException {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() throws IOException {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            case '"', '\\', '/' -> c;
            default -> throw unexpected();
        };
    }

    private Object number() throws IOException {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (from == at) {
            throw unexpected();
        }
        String number = text.substring(from, at);
        return number.matches("-?\\d+") ? (Object) Long.valueOf(number) : Double.valueOf(number);
    }

    private @Nullable Object word(String word, @Nullable Object value) throws IOException {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws IOException {
        if (text.charAt(at++) != c) {
            throw unexpected();
        }
    }

    private IOException unexpected() {
        return new IOException("invalid JSON at " + at);
    }
}
