package io.trails.internal.settings;

import io.trails.TrailsException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonArray;
import io.trails.internal.json.JsonValue.JsonBoolean;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a settings file, which knows where it stands so that an error can say so. */
record Entry(String file, String key, JsonValue value) {
    /** The place for a person. */
    String at() {
        return file + ":" + value.line();
    }

    TrailsException invalid(String expected) {
        return failure("must be " + expected + ", but is " + shown());
    }

    /** The same where a number belongs, which is no secret. */
    TrailsException outside(String expected) {
        Object known = value instanceof JsonNumber number ? number.value() : shown();
        return failure("must be " + expected + ", but is " + known);
    }

    TrailsException failure(String what) {
        return new TrailsException(
                "settings.invalid", at() + ": " + (key.isEmpty() ? "the file" : "'" + key + "'") + " " + what);
    }

    private String shown() {
        return value instanceof JsonString string ? "'" + string.value() + "'" : value.type();
    }

    String text() {
        if (value instanceof JsonString string && !string.value().isBlank()) return string.value();
        throw invalid("a string that is not blank");
    }

    /** As {@link #text}, also if it is blank. */
    String string() {
        if (value instanceof JsonString string) return string.value();
        throw invalid("a string");
    }

    boolean flag() {
        if (value instanceof JsonBoolean flag) return flag.value();
        throw invalid("true or false");
    }

    /** A whole number from 0 to the given one. */
    long number(long most) {
        if (value instanceof JsonNumber number
                && number.value().signum() >= 0
                && number.value().stripTrailingZeros().scale() <= 0
                && number.value().compareTo(BigDecimal.valueOf(most)) <= 0) {
            return number.value().longValue();
        }
        throw outside("a whole number from 0 to " + most);
    }

    List<Entry> items() {
        if (!(value instanceof JsonArray array)) throw invalid("a list");
        var items = new ArrayList<Entry>();
        for (JsonValue item : array.items()) items.add(new Entry(file, key + "[" + items.size() + "]", item));
        return items;
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        for (Entry item : items()) texts.add(item.text());
        return texts;
    }

    /** As {@link #texts}, also of blank ones. */
    List<String> strings() {
        var strings = new ArrayList<String>();
        for (Entry item : items()) strings.add(item.string());
        return strings;
    }

    /** The members of an object. */
    Map<String, Entry> members() {
        if (!(value instanceof JsonObject object)) throw invalid("an object");
        var members = new LinkedHashMap<String, Entry>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String path = key.isEmpty() ? member.getKey() : key + "." + member.getKey();
            members.put(member.getKey(), new Entry(file, path, member.getValue()));
        }
        return members;
    }

    /** The members of an object whose names the writer chooses. A name starting with an underscore is a comment. */
    Map<String, Entry> named() {
        Map<String, Entry> named = members();
        named.keySet().removeIf(name -> name.startsWith("_"));
        return named;
    }

    /** Whether both hold the same, wherever they stand. */
    boolean sameAs(Entry other) {
        return same(value, other.value);
    }

    private static boolean same(JsonValue one, JsonValue other) {
        if (one instanceof JsonObject a && other instanceof JsonObject b) {
            if (!a.members().keySet().equals(b.members().keySet())) return false;
            for (Map.Entry<String, JsonValue> member : a.members().entrySet()) {
                JsonValue counterpart = b.members().get(member.getKey());
                if (counterpart == null || !same(member.getValue(), counterpart)) return false;
            }
            return true;
        }
        if (one instanceof JsonArray a && other instanceof JsonArray b) {
            if (a.items().size() != b.items().size()) return false;
            for (int i = 0; i < a.items().size(); i++) {
                if (!same(a.items().get(i), b.items().get(i))) return false;
            }
            return true;
        }
        if (one instanceof JsonNumber a && other instanceof JsonNumber b) {
            return a.value().compareTo(b.value()) == 0;
        }
        if (one instanceof JsonString a && other instanceof JsonString b) {
            return a.value().equals(b.value());
        }
        if (one instanceof JsonBoolean a && other instanceof JsonBoolean b) {
            return a.value() == b.value();
        }
        return one.getClass() == other.getClass() && one instanceof JsonValue.JsonNull;
    }
}
