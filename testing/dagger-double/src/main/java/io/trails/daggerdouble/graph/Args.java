package io.trails.daggerdouble.graph;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call: defaults filled in, ids replaced by their values. */
record Args(Map<String, Object> values) {

    String string(String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    @Nullable
    Integer number(String name) {
        return values.get(name) instanceof Number number ? number.intValue() : null;
    }

    int number(String name, int otherwise) {
        Integer number = number(name);
        return number == null ? otherwise : number;
    }

    List<String> strings(String name) {
        return list(name).stream().map(Object::toString).toList();
    }

    List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    <T extends Value> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new GraphFailure("argument \"" + name + "\": not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    <T extends Value> List<T> valueList(String name, Class<T> type) {
        return list(name).stream().map(type::cast).toList();
    }
}
