package io.trails.internal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mends values of this JVM's variables that the JDK damaged when it read them. A JVM whose locale is not UTF-8 can still
 * hand them on to a child as they were, but not say to somebody else what they are.
 */
final class ExactVariables {
    private ExactVariables() {}

    /** Replaces those that are still this JVM's own. */
    static void mend(Map<String, String> variables, Map<String, String> jvm) {
        var damaged = new HashMap<>(variables);
        damaged.entrySet().removeIf(each -> !each.getValue().equals(jvm.get(each.getKey())));
        if (!ByteExact.damages(List.of(), damaged)) return;
        try {
            String own = Files.readString(Path.of("/proc/self/environ"), StandardCharsets.ISO_8859_1);
            for (String variable : own.split("\0", -1)) {
                String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
                if (damaged.containsKey(name)) variables.put(name, utf8(variable.substring(name.length() + 1)));
            }
        } catch (IOException unreadable) {
            // They stay as the JDK sees them.
            return;
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
