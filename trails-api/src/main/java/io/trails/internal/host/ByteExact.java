package io.trails.internal.host;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands over arguments and variables that the JDK would damage. In a JVM whose locale is not UTF-8 (a CI container
 * without {@code LANG}, say) the JDK replaces what the locale lacks by question marks. There such a command starts through
 * a shell that gets every text in ASCII, with the rest escaped, and puts the bytes back.
 */
final class ByteExact {
    /** Values stay in the environment, where they are not public; only the names of variables become arguments. */
    private static final String SCRIPT = """
            n=$1; shift
            while [ "$n" -gt 0 ]; do
              eval "v=\\$$1"; v=$(printf '%b.' "$v"); eval "$1=\\${v%.}"; export "$1"; shift; n=$((n-1))
            done
            n=$#
            while [ "$n" -gt 0 ]; do
              v=$(printf '%b.' "$1"); shift; set -- "$@" "${v%.}"; n=$((n-1))
            done
            unset n v
            exec "$@"
            """;

    private ByteExact() {}

    static boolean damages(List<String> argv, Map<String, String> variables) {
        if (File.separatorChar != '/' || allAscii(argv, variables)) return false;
        String names = System.getProperty("sun.jnu.encoding", "");
        return !names.equalsIgnoreCase("UTF-8") || !Charset.defaultCharset().equals(StandardCharsets.UTF_8);
    }

    private static boolean allAscii(List<String> argv, Map<String, String> variables) {
        for (String argument : argv) {
            if (!ascii(argument)) return false;
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (!ascii(variable.getValue())) return false;
        }
        return true;
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) return false;
        }
        return true;
    }

    /** The command in ASCII; those of the variables that need it get their escaped form in the environment. */
    static List<String> wrap(List<String> argv, Map<String, String> variables, Map<String, String> environment) {
        var damaged = new TreeMap<String, String>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            boolean shell = variable.getKey().matches("[A-Za-z_][A-Za-z0-9_]*");
            if (shell && !ascii(variable.getValue())) damaged.put(variable.getKey(), escape(variable.getValue()));
        }
        environment.putAll(damaged);
        var wrapped = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "trails", Integer.toString(damaged.size())));
        wrapped.addAll(damaged.keySet());
        for (String argument : argv) wrapped.add(escape(argument));
        return wrapped;
    }

    private static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            int value = unit & 0xff;
            if (value < 0x80 && value != '\\') {
                escaped.append((char) value);
            } else {
                escaped.append("\\0").append((char) ('0' + (value >> 6)));
                escaped.append((char) ('0' + (value >> 3 & 7))).append((char) ('0' + (value & 7)));
            }
        }
        return escaped.toString();
    }
}
