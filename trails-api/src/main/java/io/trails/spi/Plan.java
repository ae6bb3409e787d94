package io.trails.spi;

import io.trails.TrailsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider is going to create, in its own words: names, paths, refs. Immutable. It is stored as it is and must
 * still be understood by later versions of the provider. It holds no secret.
 *
 * @param values string pairs, in a stable order
 */
public record Plan(Map<String, String> values) {
    /** Copies the map and keeps its order. */
    public Plan {
        var copy = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> pair : values.entrySet()) {
            copy.put(pair.getKey(), Objects.requireNonNull(pair.getValue()));
        }
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * A plan with nothing in it.
     *
     * @return the empty plan
     */
    public static Plan empty() {
        return new Plan(Map.of());
    }

    /**
     * The same with one more pair.
     *
     * @param key replaces one of that name
     * @param value what it is
     * @return a new plan
     */
    public Plan with(String key, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Plan(more);
    }

    /**
     * A value that may be absent.
     *
     * @param key its name
     * @return the value
     */
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * A value that must be there.
     *
     * @param key its name
     * @return the value
     * @throws TrailsException {@code plan.incomplete} if it is absent
     */
    public String get(String key) {
        String value = values.get(key);
        if (value != null) return value;
        throw new TrailsException(
                "plan.incomplete",
                "The stored plan has no '" + key + "', only " + values.keySet()
                        + "; it was written by another version of the provider");
    }
}
