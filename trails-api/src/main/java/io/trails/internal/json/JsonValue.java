package io.trails.internal.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value and the line it starts on, counted from 1; 0 for one that was not read. Immutable. Two values are equal
 * wherever they stand.
 */
public sealed interface JsonValue {
    /** The line the value starts on. */
    int line();

    /** The name of the type for a person. */
    String type();

    /** An object; its members keep their order. */
    record JsonObject(Map<String, JsonValue> members, int line) implements JsonValue {
        private static final JsonObject EMPTY = new JsonObject(Map.of(), 0);

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public static JsonObject empty() {
            return EMPTY;
        }

        public static JsonObject of(Map<String, JsonValue> members) {
            return new JsonObject(members, 0);
        }

        public Optional<JsonValue> find(String key) {
            return Optional.ofNullable(members.get(key));
        }

        /** The text of a member, or empty if it is absent or no string. */
        public Optional<String> text(String key) {
            return members.get(key) instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
        }

        public JsonObject with(String key, JsonValue value) {
            var more = new LinkedHashMap<>(members);
            more.put(key, value);
            return new JsonObject(more, line);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonObject object && object.members.equals(members);
        }

        @Override
        public int hashCode() {
            return members.hashCode();
        }

        @Override
        public String type() {
            return "an object";
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> items, int line) implements JsonValue {
        public JsonArray {
            items = List.copyOf(items);
        }

        public static JsonArray of(List<? extends JsonValue> items) {
            return new JsonArray(List.copyOf(items), 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonArray array && array.items.equals(items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }

        @Override
        public String type() {
            return "an array";
        }
    }

    /** A string. */
    record JsonString(String value, int line) implements JsonValue {
        public static JsonString of(String value) {
            return new JsonString(value, 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonString string && string.value.equals(value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        @Override
        public String type() {
            return "a string";
        }
    }

    /** A number, as exact as it was written. */
    record JsonNumber(BigDecimal value, int line) implements JsonValue {
        public static JsonNumber of(long value) {
            return new JsonNumber(BigDecimal.valueOf(value), 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonNumber number && number.value.equals(value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        @Override
        public String type() {
            return "a number";
        }
    }

    /** True or false. */
    record JsonBoolean(boolean value, int line) implements JsonValue {
        public static JsonBoolean of(boolean value) {
            return new JsonBoolean(value, 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonBoolean bool && bool.value == value;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(value);
        }

        @Override
        public String type() {
            return "a boolean";
        }
    }

    /** Null. */
    record JsonNull(int line) implements JsonValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof JsonNull;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String type() {
            return "null";
        }
    }
}
