package io.trails.internal.state;

import io.trails.TrailsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Derives from a session's name what files, branches and tmux targets are called: lower-case ASCII letters, digits and
 * inner hyphens, at most 48 characters, no device name of Windows. A name that is such an id already is its own id; another
 * one gets a part of its hash, so that names which differ only in what was left out do not meet. A plain name can still be
 * spelled like another one's derived id: whoever takes an id asks {@link StateDraft#idTaken} in the same change.
 */
public final class SessionId {
    private static final int LONGEST = 48;
    private static final int HASH = 8;
    private static final int LONGEST_NAME = 200;

    private SessionId() {}

    /** The id of a name; {@code session.name-invalid} if it can be no name. */
    public static String of(String name) {
        String objection = objection(name);
        if (!objection.isEmpty()) {
            throw new TrailsException(
                    "session.name-invalid",
                    "A session cannot be called that: its name " + objection
                            + "; choose 1 to 200 characters that can all be seen");
        }
        return isPlain(name) ? name : slug(name) + "-" + hash(name);
    }

    /** Whether a stored id can be used as a file name. */
    public static boolean isSafe(String id) {
        return id.length() <= LONGEST && isPlain(id);
    }

    /** An id for an entry whose name may be anything. */
    static String ofAny(String name) {
        return objection(name).isEmpty() ? of(name) : "session-" + hash(name);
    }

    private static String objection(String name) {
        if (name.codePointCount(0, name.length()) > LONGEST_NAME)
            return "is longer than " + LONGEST_NAME + " characters";
        boolean blank = true;
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    return "has the invisible character U+" + hex(c) + " at position " + (i + 1);
                }
                case Character.SURROGATE -> {
                    return "has half a character, U+" + hex(c) + ", at position " + (i + 1);
                }
                case Character.SPACE_SEPARATOR -> {}
                default -> blank = false;
            }
        }
        return blank ? "is empty" : "";
    }

    private static String hex(int codePoint) {
        String digits = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > LONGEST || isDevice(name)) return false;
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i)) && name.charAt(i) != '-') return false;
        }
        return name.charAt(0) != '-' && name.charAt(name.length() - 1) != '-';
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isDevice(String name) {
        return switch (name.length()) {
            case 3 -> name.equals("con") || name.equals("prn") || name.equals("aux") || name.equals("nul");
            case 4 -> (name.startsWith("com") || name.startsWith("lpt")) && Character.isDigit(name.charAt(3));
            default -> false;
        };
    }

    private static String slug(String name) {
        var slug = new StringBuilder();
        for (int i = 0; i < name.length() && slug.length() < LONGEST - HASH - 1; i++) {
            char c = name.charAt(i);
            char lower = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
            if (isPlain(lower)) {
                slug.append(lower);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        if (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') slug.setLength(slug.length() - 1);
        return slug.isEmpty() ? "session" : slug.toString();
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            var hex = new StringBuilder(HASH);
            for (int i = 0; i < HASH / 2; i++) {
                hex.append(Character.forDigit((digest[i] >> 4) & 0xF, 16))
                        .append(Character.forDigit(digest[i] & 0xF, 16));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
