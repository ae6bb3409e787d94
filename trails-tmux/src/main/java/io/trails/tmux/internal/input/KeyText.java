package io.trails.tmux.internal.input;

import io.trails.Key;
import io.trails.Key.Modifier;
import io.trails.TrailsException;
import java.util.Map;

/** The characters that a key sends, for keys that send the same in every mode of a program. */
final class KeyText {
    private static final Map<String, String> NAMED =
            Map.of("Enter", "\r", "Tab", "\t", "Escape", "\u001b", "Backspace", "\u007f");

    private KeyText() {}

    static String of(Key key) {
        boolean alt = key.modifiers().contains(Modifier.ALT);
        String named = NAMED.get(key.name());
        String text = named != null ? named(key, named) : character(key);
        return alt ? "\u001b" + text : text;
    }

    private static String named(Key key, String text) {
        if (key.modifiers().contains(Modifier.SHIFT)) throw refused(key, "a terminal sends the same without Shift");
        if (!key.modifiers().contains(Modifier.CTRL)) return text;
        if (key.name().equals(Key.BACKSPACE.name())) return "\b";
        throw refused(key, "a terminal sends the same without Ctrl");
    }

    private static String character(Key key) {
        String name = key.name();
        int character = name.codePointAt(0);
        if (Character.charCount(character) != name.length()) throw refused(key, "no key has that name");
        if (Character.isISOControl(character) || isHalf(character)) {
            throw refused(key, "its name is a character that no key has");
        }
        boolean shift = key.modifiers().contains(Modifier.SHIFT);
        if (key.modifiers().contains(Modifier.CTRL)) {
            if (shift) throw refused(key, "a terminal sends the same without Shift");
            return String.valueOf(control(key, character));
        }
        return shift ? shifted(key, name) : name;
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static String shifted(Key key, String name) {
        int upper = Character.toUpperCase(name.codePointAt(0));
        if (!Character.isUpperCase(upper)) {
            throw refused(key, "what it gives depends on the keyboard; press the character that it gives");
        }
        return Character.toString(upper);
    }

    private static char control(Key key, int character) {
        if (character >= '@' && character <= '~') return (char) (character & 0x1f);
        if (character >= '3' && character <= '7') return (char) (character - '3' + 0x1b);
        return switch (character) {
            case ' ', '2' -> '\0';
            case '/' -> '\u001f';
            case '8', '?' -> '\u007f';
            default -> throw refused(key, "a terminal sends the same without Ctrl");
        };
    }

    private static TrailsException refused(Key key, String reason) {
        return new TrailsException("terminal.unsupported", "The key " + key + " cannot be sent: " + reason);
    }
}
