package io.trails.tck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of a recording, read as strictly as RFC 8259 says: a map, a list, a string, a number, or a constant as text. */
final class CastLine {
    private final String text;
    private int at;

    private CastLine(String text) {
        this.text = text;
    }

    static Object read(String line) {
        var reader = new CastLine(line);
        Object value = reader.value();
        reader.space();
        if (reader.at != line.length()) throw reader.wrong();
        return value;
    }

    private AssertionError wrong() {
        return new AssertionError("No JSON from character " + at + " on: " + text);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private char peek() {
        space();
        if (at >= text.length()) throw wrong();
        return text.charAt(at);
    }

    private boolean take(char wanted) {
        if (peek() != wanted) return false;
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!take(wanted)) throw wrong();
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> plain();
        };
    }

    private Map<String, Object> object() {
        expect('{');
        var members = new HashMap<String, Object>();
        if (take('}')) return members;
        do {
            peek();
            String name = string();
            expect(':');
            members.put(name, value());
        } while (take(','));
        expect('}');
        return members;
    }

    private List<Object> array() {
        expect('[');
        var items = new ArrayList<>();
        if (take(']')) return items;
        do items.add(value());
        while (take(','));
        expect(']');
        return items;
    }

    private String string() {
        if (text.charAt(at++) != '"') throw wrong();
        var read = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') return read.toString();
            if (c < ' ') throw wrong();
            read.append(c == '\\' ? escaped() : c);
        }
        throw wrong();
    }

    private char escaped() {
        if (at >= text.length()) throw wrong();
        char c = text.charAt(at++);
        int known = "\"\\/bfnrt".indexOf(c);
        if (known >= 0) return "\"\\/\b\f\n\r\t".charAt(known);
        if (c != 'u' || at + 4 > text.length()) throw wrong();
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Object plain() {
        int from = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
        String word = text.substring(from, at);
        if (word.matches("true|false|null")) return word;
        if (word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?")) return Double.valueOf(word);
        throw wrong();
    }
}
