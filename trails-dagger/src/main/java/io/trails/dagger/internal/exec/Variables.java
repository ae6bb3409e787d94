package io.trails.dagger.internal.exec;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables of a command as a container is given them, for {@link Script} to pass on. Immutable. {@link #toString()} shows no
 * value.
 *
 * @param plain what may be seen
 * @param secret what may not
 */
public record Variables(Map<String, String> plain, Map<String, String> secret) {
    /** What the script takes away, as an engine sets it. */
    private static final Pattern ENGINES = Pattern.compile("OTEL_.*|TRACEPARENT|TRACESTATE|BAGGAGE|OLDPWD");

    /** Copies the maps. */
    public Variables {
        plain = Map.copyOf(plain);
        secret = Map.copyOf(secret);
    }

    /** Tells secrets from others by their names. Those that a shell would drop travel under another name. */
    public static Variables of(Map<String, String> environment) {
        return of(environment, true);
    }

    /** Tells secrets from others by their names, and changes none. */
    public static Variables asNamed(Map<String, String> environment) {
        return of(environment, false);
    }

    private static Variables of(Map<String, String> environment, boolean packed) {
        var plain = new TreeMap<String, String>();
        var secret = new TreeMap<String, String>();
        int odd = 0;
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            String value = variable.getValue();
            var kind = SecretNames.isSecret(name, value) ? secret : plain;
            if (!packed
                    || (name.matches("[A-Za-z_][A-Za-z0-9_]*")
                            && !ENGINES.matcher(name).matches())) kind.put(name, value);
            else kind.put("TRAILS_ODD_" + ++odd, name + "=" + value);
        }
        String shown = EngineVariables.among(environment.keySet());
        if (!packed && !shown.isEmpty()) plain.put(EngineVariables.SHOW, shown);
        if (odd > 0) plain.put("TRAILS_ODD", Integer.toString(odd));
        return new Variables(plain, secret);
    }

    @Override
    public String toString() {
        return "Variables[" + plain.keySet() + ", " + secret.keySet() + "]";
    }
}
