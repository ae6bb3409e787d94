package io.trails.worktree.internal.pull;

import java.util.regex.Pattern;

/** A token, which no text that leaves this module shows. Immutable. */
public final class Secret {
    private static final int LONGEST_MESSAGE = 400;
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]*@");
    private static final Pattern GAP = Pattern.compile("[\\s\\p{Cntrl}]+");

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** Whether it can be a token: an HTTP client would show another one in its complaint. */
    public static boolean isUsable(String text) {
        return USABLE.matcher(text).matches();
    }

    public String reveal() {
        return value;
    }

    /** What a foreign program or server said, on one line, cut, without the token and without the user information of URLs. */
    public String redact(String said) {
        return withoutUserInfo(said.replace(value, "***"));
    }

    /** The same where there is no token. */
    public static String withoutUserInfo(String said) {
        String clean = USER_INFO.matcher(said).replaceAll("://");
        String line = GAP.matcher(clean).replaceAll(" ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    @Override
    public String toString() {
        return "***";
    }
}
