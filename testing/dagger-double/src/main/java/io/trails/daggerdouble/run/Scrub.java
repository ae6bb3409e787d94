package io.trails.daggerdouble.run;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes secrets out of an output. */
final class Scrub {

    private Scrub() {}

    static boolean isNeeded(List<String> secrets) {
        return secrets.stream().anyMatch(secret -> !secret.isBlank());
    }

    static byte[] of(byte[] output, List<String> secrets) {
        // One character a byte, so that nothing but the secrets changes.
        String text = new String(output, StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
            if (!secret.isBlank()) {
                byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
                text = text.replace(new String(bytes, StandardCharsets.ISO_8859_1), "***");
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
