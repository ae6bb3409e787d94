package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.recipe.SecretValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The secrets of a recipe, read when a container first needs them: who only looks at files needs none. Thread-safe. */
final class HiddenValues {
    private final Map<String, String> references;
    private final Map<String, String> environment;
    private final Object lock = new Object();
    private @Nullable SecretValues values;

    HiddenValues(Map<String, String> references, Map<String, String> environment) {
        this.references = references;
        this.environment = environment;
    }

    SecretValues get() {
        synchronized (lock) {
            if (values != null) return values;
        }
        SecretValues read = SecretValues.read(references, environment);
        synchronized (lock) {
            values = read;
        }
        return read;
    }
}
