package io.trails.dagger.internal.connection;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Takes what must not be shown out of texts that are. Thread-safe. */
final class Redaction {
    /** Longest first: one secret may be part of another. */
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    void add(String secret) {
        if (secret.isBlank()) return;
        secrets.add(secret);
        // Texts are looked at line by line.
        secret.lines().map(String::strip).filter(line -> line.length() > 3).forEach(secrets::add);
    }

    String apply(String text) {
        String shown = text;
        for (String secret : secrets) shown = shown.replace(secret, "***");
        return shown;
    }
}
