package io.trails;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A key on a keyboard, with modifiers. Immutable.
 *
 * @param name a named key such as {@code Enter}, {@code F5}, or one character
 * @param modifiers held while it is pressed
 */
public record Key(String name, Set<Modifier> modifiers) {
    /** The return key. */
    public static final Key ENTER = named("Enter");
    /** The tabulator key; with shift, it goes back. */
    public static final Key TAB = named("Tab");
    /** The space bar. */
    public static final Key SPACE = of(' ');
    /** The escape key. */
    public static final Key ESCAPE = named("Escape");
    /** The backspace key. */
    public static final Key BACKSPACE = named("Backspace");
    /** The delete key. */
    public static final Key DELETE = named("Delete");
    /** The insert key. */
    public static final Key INSERT = named("Insert");
    /** The up arrow. */
    public static final Key UP = named("Up");
    /** The down arrow. */
    public static final Key DOWN = named("Down");
    /** The left arrow. */
    public static final Key LEFT = named("Left");
    /** The right arrow. */
    public static final Key RIGHT = named("Right");
    /** The home key. */
    public static final Key HOME = named("Home");
    /** The end key. */
    public static final Key END = named("End");
    /** The page-up key. */
    public static final Key PAGE_UP = named("PageUp");
    /** The page-down key. */
    public static final Key PAGE_DOWN = named("PageDown");
    /** Ctrl-C: interrupts the foreground program. */
    public static final Key CTRL_C = of('c').ctrl();
    /** Ctrl-D: ends the input. */
    public static final Key CTRL_D = of('d').ctrl();

    /** Checks and copies the components. */
    public Key {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(modifiers, "modifiers");
        if (name.isEmpty()) throw new IllegalArgumentException("A key needs a name");
        modifiers = Set.copyOf(modifiers);
    }

    /** A key that is held. */
    public enum Modifier {
        /** Control. */
        CTRL,
        /** Alt, also called meta or option. */
        ALT,
        /** Shift. */
        SHIFT
    }

    private static Key named(String name) {
        return new Key(name, Set.of());
    }

    /**
     * The key of one character.
     *
     * @param character such as {@code y}
     * @return the key
     */
    public static Key of(char character) {
        return new Key(String.valueOf(character), Set.of());
    }

    /**
     * A function key.
     *
     * @param number 1 to 12
     * @return the key
     */
    public static Key f(int number) {
        if (number < 1 || number > 12) throw new IllegalArgumentException("There is no key F" + number);
        return named("F" + number);
    }

    /**
     * The same with control held.
     *
     * @return a new key
     */
    public Key ctrl() {
        return with(Modifier.CTRL);
    }

    /**
     * The same with alt held.
     *
     * @return a new key
     */
    public Key alt() {
        return with(Modifier.ALT);
    }

    /**
     * The same with shift held.
     *
     * @return a new key
     */
    public Key shift() {
        return with(Modifier.SHIFT);
    }

    private Key with(Modifier modifier) {
        Objects.requireNonNull(modifier);
        Set<Modifier> all = EnumSet.of(modifier);
        all.addAll(modifiers);
        return new Key(name, all);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Modifier modifier : new TreeSet<>(modifiers)) text.append(modifier).append('-');
        return text.append(name).toString();
    }
}
