package io.trails.internal.host;

import java.util.Map;

/**
 * The variables by which a session's processes are found again. A session inside another one carries both marks, so that
 * stopping the outer one also finds what runs in the inner one.
 */
final class Marks {
    static final String SESSION = "TRAILS_SESSION";
    static final String EXEC = "TRAILS_EXEC";
    /** Of a program that somebody else holds for the session. */
    static final String TERMINAL = "TRAILS_TERMINAL";

    private static final char SEPARATOR = ':';

    private Marks() {}

    /** The mark, after those that the host itself carries. */
    static String within(Map<String, String> host, String variable, String mark) {
        String outer = host.getOrDefault(variable, "");
        return outer.isEmpty() ? mark : outer + SEPARATOR + mark;
    }

    static boolean contains(String value, String mark) {
        int at = value.indexOf(mark);
        while (at >= 0) {
            int end = at + mark.length();
            boolean starts = at == 0 || value.charAt(at - 1) == SEPARATOR;
            boolean ends = end == value.length() || value.charAt(end) == SEPARATOR;
            if (starts && ends) return true;
            at = value.indexOf(mark, at + 1);
        }
        return false;
    }
}
