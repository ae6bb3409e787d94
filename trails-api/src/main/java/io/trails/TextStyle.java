package io.trails;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How text looks. Immutable.
 *
 * @param foreground the colour of the letters, or empty for the terminal's own
 * @param background the colour behind them, or empty for the terminal's own
 * @param attributes what else is set
 */
public record TextStyle(Optional<Color> foreground, Optional<Color> background, Set<Attribute> attributes) {
    /** Nothing set. */
    public static final TextStyle PLAIN = new TextStyle(Optional.empty(), Optional.empty(), Set.of());

    /** Checks and copies the components. */
    public TextStyle {
        Objects.requireNonNull(foreground, "foreground");
        Objects.requireNonNull(background, "background");
        Objects.requireNonNull(attributes, "attributes");
        attributes = Set.copyOf(attributes);
    }

    /** What SGR (ECMA-48, 8.3.117) sets beside colours. */
    public enum Attribute {
        /** Bold or increased intensity. */
        BOLD,
        /** Decreased intensity. */
        DIM,
        /** Italic. */
        ITALIC,
        /** Underlined, whichever way. */
        UNDERLINE,
        /** Blinking. */
        BLINK,
        /** Letters and background exchanged. */
        REVERSE,
        /** Not shown. */
        HIDDEN,
        /** Crossed out. */
        STRIKETHROUGH
    }

    /** A colour. */
    public sealed interface Color {}

    /**
     * A colour of the palette that terminals share.
     *
     * @param index 0 to 7 normal, 8 to 15 bright, up to 255 as xterm has them
     */
    public record Indexed(int index) implements Color {
        /** Checks the index. */
        public Indexed {
            if (index < 0 || index > 255) throw new IllegalArgumentException("There is no colour " + index);
        }
    }

    /**
     * A colour by its parts, each 0 to 255.
     *
     * @param red the red part
     * @param green the green part
     * @param blue the blue part
     */
    public record Rgb(int red, int green, int blue) implements Color {
        /** Checks the parts. */
        public Rgb {
            if ((red | green | blue) < 0 || red > 255 || green > 255 || blue > 255) {
                throw new IllegalArgumentException("There is no colour " + red + ", " + green + ", " + blue);
            }
        }
    }
}
