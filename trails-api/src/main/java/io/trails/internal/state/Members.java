package io.trails.internal.state;

import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonArray;
import io.trails.internal.json.JsonValue.JsonBoolean;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The members of an object, each of the type it must have. */
record Members(JsonObject object) {
    static Members of(JsonValue value, String what) throws UnreadableRecordException {
        if (value instanceof JsonObject object) return new Members(object);
        throw UnreadableRecordException.wrong(what, "an object");
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    JsonValue value(String name) throws UnreadableRecordException {
        JsonValue value = object.members().get(name);
        if (value == null) throw new UnreadableRecordException("'" + name + "' is missing");
        return value;
    }

    String string(String name) throws UnreadableRecordException {
        return string(value(name), name);
    }

    Optional<String> optionalString(String name) throws UnreadableRecordException {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    List<String> strings(String name) throws UnreadableRecordException {
        if (!(value(name) instanceof JsonArray array)) throw UnreadableRecordException.wrong(name, "an array");
        var strings = new ArrayList<String>(array.items().size());
        for (JsonValue item : array.items()) strings.add(string(item, name));
        return strings;
    }

    Members members(String name) throws UnreadableRecordException {
        return of(value(name), name);
    }

    boolean bool(String name) throws UnreadableRecordException {
        if (value(name) instanceof JsonBoolean bool) return bool.value();
        throw UnreadableRecordException.wrong(name, "true or false");
    }

    long whole(String name) throws UnreadableRecordException {
        if (value(name) instanceof JsonNumber number) {
            Optional<Long> whole = whole(number.value());
            if (whole.isPresent()) return whole.get();
        }
        throw UnreadableRecordException.wrong(name, "a whole number");
    }

    static String string(JsonValue value, String name) throws UnreadableRecordException {
        if (value instanceof JsonString string) return string.value();
        throw UnreadableRecordException.wrong(name, "a string");
    }

    /** Looks at the scale first: the exact conversion of 1E999999999 would fill the memory. */
    static Optional<Long> whole(BigDecimal number) {
        if (number.scale() > 18 || number.precision() - (long) number.scale() > 19) return Optional.empty();
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException notWhole) {
            return Optional.empty();
        }
    }
}
