package io.trails.tmux.internal.screen;

import io.trails.TextStyle;
import io.trails.TextStyle.Attribute;
import io.trails.TextStyle.Color;
import io.trails.TextStyle.Indexed;
import io.trails.TextStyle.Rgb;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The look that SGR sequences (ECMA-48, 8.3.117) have set so far. Knows both ways to write a long colour, after semicolons
 * and after colons, and leaves out what it does not know. Single-threaded.
 */
final class Sgr {
    private Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    private Optional<Color> foreground = Optional.empty();
    private Optional<Color> background = Optional.empty();
    private TextStyle style = TextStyle.PLAIN;

    TextStyle style() {
        return style;
    }

    /** Applies what stands between the introducer and the final {@code m}. */
    void apply(String parameters) {
        String[] parts = parameters.split(";", -1);
        for (int i = 0; i < parts.length; ) i += apply(parts, i);
        style = new TextStyle(foreground, background, attributes);
    }

    /** Returns how many parts were used. */
    private int apply(String[] parts, int at) {
        if (parts[at].indexOf(':') >= 0) {
            applyColons(parts[at].split(":", -1));
            return 1;
        }
        int code = number(parts[at]);
        if (code != 38 && code != 48 && code != 58) {
            applySimple(code);
            return 1;
        }
        int kind = at + 1 < parts.length ? number(parts[at + 1]) : -1;
        int used = kind == 5 ? 3 : kind == 2 ? 5 : 2;
        if (at + used <= parts.length && kind == 5) set(code, indexed(number(parts[at + 2])));
        if (at + used <= parts.length && kind == 2) {
            set(code, rgb(number(parts[at + 2]), number(parts[at + 3]), number(parts[at + 4])));
        }
        return used;
    }

    private void applyColons(String[] parts) {
        int code = number(parts[0]);
        int kind = number(parts[1]);
        if (code == 4) {
            if (kind == 0) attributes.remove(Attribute.UNDERLINE);
            else attributes.add(Attribute.UNDERLINE);
        } else if (kind == 5 && parts.length == 3) {
            set(code, indexed(number(parts[2])));
        } else if (kind == 2 && parts.length >= 5) {
            // A colour space may stand before the three.
            int from = parts.length == 5 ? 2 : 3;
            set(code, rgb(number(parts[from]), number(parts[from + 1]), number(parts[from + 2])));
        }
    }

    private void set(int code, Optional<Color> color) {
        if (color.isEmpty()) return;
        if (code == 38) foreground = color;
        if (code == 48) background = color;
    }

    private void applySimple(int code) {
        switch (code) {
            case 0 -> {
                attributes.clear();
                foreground = Optional.empty();
                background = Optional.empty();
            }
            case 1 -> attributes.add(Attribute.BOLD);
            case 2 -> attributes.add(Attribute.DIM);
            case 3 -> attributes.add(Attribute.ITALIC);
            case 4, 21 -> attributes.add(Attribute.UNDERLINE);
            case 5, 6 -> attributes.add(Attribute.BLINK);
            case 7 -> attributes.add(Attribute.REVERSE);
            case 8 -> attributes.add(Attribute.HIDDEN);
            case 9 -> attributes.add(Attribute.STRIKETHROUGH);
            case 22 -> attributes.removeAll(Set.of(Attribute.BOLD, Attribute.DIM));
            case 23 -> attributes.remove(Attribute.ITALIC);
            case 24 -> attributes.remove(Attribute.UNDERLINE);
            case 25 -> attributes.remove(Attribute.BLINK);
            case 27 -> attributes.remove(Attribute.REVERSE);
            case 28 -> attributes.remove(Attribute.HIDDEN);
            case 29 -> attributes.remove(Attribute.STRIKETHROUGH);
            case 39 -> foreground = Optional.empty();
            case 49 -> background = Optional.empty();
            default -> palette(code);
        }
    }

    private void palette(int code) {
        if (code >= 30 && code <= 37) foreground = indexed(code - 30);
        if (code >= 40 && code <= 47) background = indexed(code - 40);
        if (code >= 90 && code <= 97) foreground = indexed(code - 90 + 8);
        if (code >= 100 && code <= 107) background = indexed(code - 100 + 8);
    }

    private static Optional<Color> indexed(int index) {
        return index >= 0 && index <= 255 ? Optional.of(new Indexed(index)) : Optional.empty();
    }

    private static Optional<Color> rgb(int red, int green, int blue) {
        boolean valid = red >= 0 && green >= 0 && blue >= 0 && red <= 255 && green <= 255 && blue <= 255;
        return valid ? Optional.of(new Rgb(red, green, blue)) : Optional.empty();
    }

    /** Nothing means 0, and what is not a number means nothing known. */
    private static int number(String digits) {
        if (digits.isEmpty()) return 0;
        if (digits.length() > 4) return -1;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return -1;
        }
        return Integer.parseInt(digits);
    }
}
