package io.trails;

/** What a terminal can do beyond text in and text out. */
public enum TerminalCapability {
    /** The program sees a terminal device, so full-screen programs work. */
    TTY,
    /** {@link Terminal#press} takes every key; without it only {@code ENTER}, {@code TAB} and {@code CTRL_C}. */
    KEYS,
    /** {@link Terminal#resize} changes the size the program sees. */
    RESIZE,
    /** {@link Terminal#attachCommand()} lets a person join. */
    ATTACH,
    /** The program keeps running when the host ends, and is found again. */
    SURVIVES_HOST,
    /** {@link Terminal#screen()} is what a person would see, with the cursor; without it, the tail of the text. */
    SCREEN,
    /** {@link Terminal#styledScreen()} tells colours. */
    STYLES,
    /** {@link Terminal#history} has the lines that left the screen. */
    HISTORY,
    /** {@link Terminal#output} gives the bytes that the program prints. */
    STREAM,
    /** {@link Terminal#recording()} has what was shown when. */
    RECORDING
}
