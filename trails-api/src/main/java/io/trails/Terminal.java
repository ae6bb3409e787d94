package io.trails;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An interactive program and the screen it draws on. Thread-safe; what several threads type is not interleaved within
 * one call.
 *
 * <p>What a terminal cannot do is missing from {@link #capabilities()} and throws {@code terminal.unsupported}. A method
 * that needs the program throws {@code terminal.ended} once it has ended. Two objects for the same terminal are equal. After
 * {@link Trails#close()} all methods throw {@link IllegalStateException}: the program may run on, but not for this object.
 * Once its session is removed, all throw {@code session.removed}.
 */
public interface Terminal {
    /**
     * What this terminal can do.
     *
     * @return the capabilities
     */
    Set<TerminalCapability> capabilities();

    /**
     * Types the text as it is. A line feed is the return key.
     *
     * @param text without NUL characters
     */
    void type(String text);

    /**
     * Pastes the text as one piece, so that a program which tells pasting from typing does not act on its line feeds. Where the
     * program sees a terminal device they arrive as carriage returns, as when a person pastes.
     *
     * @param text without NUL characters
     */
    void paste(String text);

    /**
     * Presses keys, one after the other.
     *
     * @param keys which
     */
    void press(Key... keys);

    /**
     * What the terminal shows now, or showed last if the program has ended.
     *
     * @return the screen
     */
    Screen screen();

    /**
     * Waits until the screen satisfies the condition. Returns at once if it does already. The condition is called on the
     * waiting thread, at least once after every change.
     *
     * @param condition what to wait for; must not block
     * @param timeout how long at most
     * @return the first screen that satisfied it
     * @throws TrailsException {@code terminal.timeout} when it did not in time, {@code terminal.ended} when the program
     *     ended first without it; the message shows the last screen
     */
    Screen await(Predicate<Screen> condition, Duration timeout);

    /**
     * Changes the size.
     *
     * @param columns the width in cells
     * @param rows the height in cells
     */
    void resize(int columns, int rows);

    /**
     * Types a line into an idle shell and reports its exit code. What the line does to the shell, such as {@code cd} or
     * {@code export}, persists. Only for a terminal that runs a shell. A text that stands unfinished at its prompt is given up
     * with Ctrl-C, as it would become a part of the line, if this host typed it or a person who attached; what another host
     * typed is not seen.
     *
     * @param line any text the shell accepts, several lines included
     * @param timeout how long at most; afterwards the line is interrupted, or taken back if the shell has not come to it
     *     because of something else
     * @return the exit code, with what was printed meanwhile as {@code stdout}
     * @throws TrailsException {@code terminal.ended} if the line ends the shell; {@link #exitCode()} then has the code
     */
    ExecResult run(String line, Duration timeout);

    /**
     * The command with which a person joins this terminal.
     *
     * @return its argv, or empty without {@link TerminalCapability#ATTACH}
     */
    Optional<List<String>> attachCommand();

    /**
     * What the program exited with, 128 + n where signal n ended it.
     *
     * @return the code, or empty while the program runs
     * @throws TrailsException {@code terminal.lost} if it is gone and nobody knows how it ended
     */
    OptionalInt exitCode();

    /**
     * What the terminal shows now, with colours and the like.
     *
     * @return the screen with its styles
     * @throws TrailsException {@code terminal.unsupported} without {@link TerminalCapability#STYLES}
     */
    default StyledScreen styledScreen() {
        throw unsupported("styles");
    }

    /**
     * The lines that have left the screen at its top, the oldest first, followed by those that it shows, but for empty ones
     * at its bottom. A terminal keeps a bounded number of them.
     *
     * @param most how many lines at most, counted from the last one; at least 1
     * @return the lines, without trailing blanks
     * @throws TrailsException {@code terminal.unsupported} without {@link TerminalCapability#HISTORY}
     */
    default List<String> history(int most) {
        throw unsupported("history");
    }

    /**
     * The bytes that the program prints, as it prints them. Reading them slowly or not at all holds up nobody.
     *
     * @param position of the first byte wanted, counted from 0 at the start of the program, so that a host can go on where
     *     it was before it ended; {@link OutputReader#END} for what is printed from now on. Beyond what was printed so far,
     *     the reader waits for it
     * @return a reader, which the caller closes
     * @throws TrailsException {@code terminal.unsupported} without {@link TerminalCapability#STREAM}
     */
    default OutputReader output(long position) {
        throw unsupported("stream of its output");
    }

    /**
     * What was recorded so far, from the first byte that the program printed. From a {@link Session} it comes without the
     * values of the session's environment, as {@link Recording#redacted} takes them out. It is saved before the terminal is
     * removed; an event of the type {@link TrailsEvent.Type#RECORDING_SAVED} says where.
     *
     * @return the recording as of now; call again for what comes later
     * @throws TrailsException {@code terminal.unsupported} without {@link TerminalCapability#RECORDING}
     */
    default Recording recording() {
        throw unsupported("recording; one is made if asked for when the session is opened");
    }

    private TrailsException unsupported(String what) {
        return new TrailsException(
                "terminal.unsupported", "This terminal has no " + what + "; it has " + capabilities());
    }
}
