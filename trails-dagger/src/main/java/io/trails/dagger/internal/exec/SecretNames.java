package io.trails.dagger.internal.exec;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells from the name of a variable that its value is secret. The engine then never shows it, and no output has it. */
public final class SecretNames {
    /** Shorter values are words that occur everywhere. */
    private static final int SHORTEST = 8;

    private static final List<String> ANYWHERE =
            List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "APIKEY", "PRIVATE");
    private static final Set<String> AS_WORD = Set.of("KEY", "KEYS", "AUTH", "PAT", "COOKIE", "BEARER");
    private static final List<String> AS_END = List.of("PASS", "PWD");
    private static final Set<String> INNOCENT = Set.of("ASKPASS", "BYPASS", "COMPASS", "OLDPWD");

    private SecretNames() {}

    /** Whether the variable is one that trails keeps to itself. */
    public static boolean isSecret(String name, String value) {
        return value.strip().length() >= SHORTEST && saysSecret(name);
    }

    private static boolean saysSecret(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("PWD")) return false;
        for (String part : ANYWHERE) {
            if (upper.contains(part)) return true;
        }
        for (String word : upper.split("[^A-Z]+", -1)) {
            if (isSecretWord(word)) return true;
        }
        return false;
    }

    private static boolean isSecretWord(String word) {
        if (AS_WORD.contains(word)) return true;
        for (String end : AS_END) {
            if (word.endsWith(end)) return !INNOCENT.contains(word);
        }
        return false;
    }
}
