package io.trails.internal.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes secrets out of text: values of variables whose names say that they are secret, and what looks like a well-known kind
 * of token. Immutable. It cannot know every secret: what must stay secret is not to be given to it in the first place.
 */
public final class Redactor {
    static final String REDACTED = "[redacted]";

    /** Shorter values are words that occur everywhere. */
    private static final int SHORTEST = 8;

    private static final List<String> ANYWHERE =
            List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "APIKEY", "PRIVATE");
    private static final Set<String> AS_WORD = Set.of("KEY", "KEYS", "AUTH", "PAT", "COOKIE", "BEARER");

    /** Ends of words as {@code SSHPASS} and {@code DB_PWD}, and the words that end so and mean something else. */
    private static final List<String> AS_END = List.of("PASS", "PWD");

    private static final Set<String> INNOCENT = Set.of("ASKPASS", "BYPASS", "COMPASS", "OLDPWD");

    private static final Comparator<String> LONGEST_FIRST = new Comparator<>() {
        @Override
        public int compare(String one, String other) {
            return Integer.compare(other.length(), one.length());
        }
    };

    private final List<String> secrets;
    private final List<TokenShape> shapes;

    private Redactor(List<String> secrets, List<TokenShape> shapes) {
        this.secrets = secrets;
        this.shapes = shapes;
    }

    /** Knows the secrets of an environment. */
    public static Redactor of(Map<String, String> environment) {
        return new Redactor(List.of(), TokenShape.all()).with(environment);
    }

    /** The values of variables whose names say that they are secret. */
    public static List<String> secrets(Map<String, String> environment) {
        var secrets = new ArrayList<String>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String value = variable.getValue().strip();
            if (value.length() >= SHORTEST && saysSecret(variable.getKey())) secrets.add(value);
        }
        return secrets;
    }

    /** Knows the secrets of another environment as well. */
    Redactor with(Map<String, String> environment) {
        var secrets = new ArrayList<>(this.secrets);
        for (String secret : secrets(environment)) {
            if (!secrets.contains(secret)) secrets.add(secret);
        }
        if (secrets.size() == this.secrets.size()) return this;
        // The longest first: a secret may contain another one, of which then nothing may be left over.
        secrets.sort(LONGEST_FIRST);
        return new Redactor(List.copyOf(secrets), shapes);
    }

    public String redact(String text) {
        String redacted = text;
        for (String secret : secrets) redacted = redacted.replace(secret, REDACTED);
        for (TokenShape shape : shapes) redacted = shape.redact(redacted);
        return redacted;
    }

    private static boolean saysSecret(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("PWD")) return false;
        for (String part : ANYWHERE) {
            if (upper.contains(part)) return true;
        }
        int start = 0;
        for (int i = 0; i <= upper.length(); i++) {
            if (i < upper.length() && Character.isLetter(upper.charAt(i))) continue;
            if (isSecretWord(upper.substring(start, i))) return true;
            start = i + 1;
        }
        return false;
    }

    private static boolean isSecretWord(String word) {
        if (AS_WORD.contains(word)) return true;
        for (String end : AS_END) if (word.endsWith(end)) return !INNOCENT.contains(word);
        return false;
    }
}
