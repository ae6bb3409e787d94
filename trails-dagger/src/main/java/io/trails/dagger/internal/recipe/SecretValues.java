package io.trails.dagger.internal.recipe;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a recipe, read from where it says they are. Immutable, kept in memory alone. {@link #toString()} shows no value.
 */
public final class SecretValues {
    private static final long LONGEST = 1 << 20;

    private final Map<String, String> byName;

    private SecretValues(Map<String, String> byName) {
        this.byName = byName;
    }

    /**
     * Reads them.
     *
     * @param references names of variables to {@code env:NAME} or {@code file:PATH}
     * @param environment of the host
     * @throws TrailsException {@code dagger.secret-missing} if one is not there
     */
    public static SecretValues read(Map<String, String> references, Map<String, String> environment) {
        var values = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> reference : references.entrySet()) {
            values.put(reference.getKey(), value(reference.getKey(), reference.getValue(), environment));
        }
        return new SecretValues(values);
    }

    private static String value(String name, String reference, Map<String, String> environment) {
        if (reference.startsWith("env:")) {
            String variable = reference.substring("env:".length());
            String value = environment.get(variable);
            if (value != null) return value;
            throw missing(name, "the variable " + variable + " is not set for this program; set it", null);
        }
        Path file = Path.of(reference.substring("file:".length()));
        if (!file.isAbsolute()) throw missing(name, "'" + file + "' is no absolute path; name one", null);
        try {
            // From a pipe or a device it could take for ever.
            if (Files.exists(file) && !Files.isRegularFile(file))
                throw missing(name, file + " is no ordinary file; name one", null);
            if (Files.size(file) > LONGEST) throw missing(name, file + " is too long for a secret; name another", null);
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw missing(name, "the file " + file + " cannot be read as text; make it readable", e);
        }
    }

    private static TrailsException missing(String name, String why, @Nullable IOException cause) {
        String message = "The recipe's secret " + name + " is not there: " + why + ", or take it out of the recipe";
        return cause == null
                ? new TrailsException("dagger.secret-missing", message)
                : new TrailsException("dagger.secret-missing", message, cause);
    }

    /** Names of variables to their values. */
    public Map<String, String> byName() {
        return Map.copyOf(byName);
    }

    /** What must be shown nowhere. */
    public Collection<String> values() {
        return byName().values();
    }

    @Override
    public String toString() {
        return "SecretValues" + byName.keySet();
    }
}
