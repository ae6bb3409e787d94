package io.trails;

import java.util.Map;

/** What the operating system accepts as an environment variable. */
final class EnvironmentNames {
    private EnvironmentNames() {}

    static void checkAll(Map<String, String> variables) {
        for (Map.Entry<String, String> variable : variables.entrySet()) check(variable.getKey(), variable.getValue());
    }

    static void check(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name + "' cannot name an environment variable");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The value of environment variable " + name + " contains NUL");
        }
    }
}
