package io.trails.spi;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TerminalCapability;
import java.util.Set;

/**
 * Holds interactive programs. It reaches its sandbox only through {@link Sandbox}, so that the same class works on the
 * host and in a container.
 *
 * <ul>
 *   <li>{@code T-01} The program runs with the arguments, directory and environment it was given, from its first
 *       instruction.
 *   <li>{@code T-02} What is typed reaches the program byte for byte in UTF-8, in the order of the calls.
 *   <li>{@code T-03} What the program prints appears in {@link io.trails.Terminal#screen()}, without control sequences.
 *   <li>{@code T-04} {@link io.trails.Terminal#await} reacts to a change, to the end of the program and to its timeout, and
 *       the condition sees the screen at least once.
 *   <li>{@code T-05} {@link io.trails.Terminal#exitCode()} is the program's, also after {@link #open} in another JVM, and where
 *       it ended while nobody held it.
 *   <li>{@code T-06} With {@code SURVIVES_HOST} the program runs on after {@link HeldTerminal#detach()} and is found by
 *       {@link #open} with its output.
 *   <li>{@code T-07} {@link io.trails.Terminal#run} reports the exit code of the line; {@code cd} and {@code export}
 *       persist; output that imitates whatever marks its end does not deceive it. Over a sandbox without {@code HOST_FILES} it
 *       may throw {@code terminal.unsupported} instead.
 *   <li>{@code T-08} What {@link io.trails.Terminal#capabilities()} lacks throws {@code terminal.unsupported}.
 *   <li>{@code T-09} Typing into an ended program throws {@code terminal.ended}; its last screen stays readable.
 *   <li>{@code T-10} A program that reads nothing blocks no caller for longer than a few seconds: {@code terminal.stuck}.
 *   <li>{@code T-11} {@link #remove} ends the program with its descendants if the policy does, else keeps it and says so.
 *   <li>{@code T-12} Two terminals of one session do not mix, nor do two launches of one terminal, whose requests have the
 *       same names and different directories.
 *   <li>{@code T-13} A program or directory that does not exist makes {@link #create} throw {@code terminal.not-started},
 *       and nothing is left of the attempt.
 *   <li>{@code T-14} The environment of a program is seen by no other terminal and in no argument list.
 *   <li>{@code T-15} A program that {@link Sandbox#stop()} ended has ended for its terminal, too.
 *   <li>{@code T-16} {@link #remove} leaves no process that the program started, also where it left its group, its session and
 *       its parent, if the sandbox has {@code MARKS}; other processes of the session are left alone.
 *   <li>{@code T-17} With {@code TTY} the program's input and outputs are a terminal device, whose size is that of
 *       {@link io.trails.Terminal#screen()}.
 *   <li>{@code T-18} With {@code RESIZE} the program is told of a new size and finds it, and so does the screen.
 *   <li>{@code T-19} With {@code KEYS} a key sends what it sends in xterm, in the mode that the program has chosen.
 *   <li>{@code T-20} A paste reaches the program in one piece, in brackets only where the program asked for them, and nothing
 *       in it ends the brackets.
 *   <li>{@code T-21} With {@code SCREEN} the screen is what a person would see: drawn, with the cursor, the alternate screen
 *       apart from the other one.
 *   <li>{@code T-22} With {@code STYLES} {@link io.trails.Terminal#styledScreen()} is the same screen with the looks that the
 *       program asked for; the texts of a row joined are the row.
 *   <li>{@code T-23} With {@code HISTORY} {@link io.trails.Terminal#history} has what left the screen, from the first line on,
 *       also once the program has ended.
 *   <li>{@code T-24} With {@code STREAM} {@link io.trails.Terminal#output} has every byte from position 0, in order; positions
 *       mean the same after {@link #open}; a reader that does not read holds up nobody; {@code END} and {@code ended()} tell
 *       the truth.
 *   <li>{@code T-25} With {@code RECORDING}, where the request asks for it, {@link io.trails.Terminal#recording()} has
 *       everything from the first byte to the exit, also from while nobody held the terminal; it is written as asciicast
 *       says, and its replay shows what was shown.
 *   <li>{@code T-26} With {@code ATTACH} the first word of {@link io.trails.Terminal#attachCommand()} is a program of the host.
 * </ul>
 */
public non-sealed interface TerminalProvider extends Provider {
    /**
     * What its terminals can do over a sandbox of those capabilities.
     *
     * @param sandbox what the sandbox can do
     * @return the capabilities
     */
    Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox);

    /**
     * What a sandbox must be able to do.
     *
     * @return always the same set
     */
    Set<SandboxCapability> requires();

    /**
     * Says what would be created. Touches nothing; may draw a random name.
     *
     * @param request what is asked for
     * @return the plan
     */
    Plan plan(TerminalRequest request);

    /**
     * Starts what was planned, or adopts it if it was started already.
     *
     * @param plan from {@link #plan}
     * @param request the same as then
     * @param sandbox where it runs
     * @return the terminal
     */
    HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox);

    /**
     * Takes up what was created, in this or another JVM, whether the program still runs or has ended.
     *
     * @param plan from {@link #plan}
     * @param sandbox where it runs
     * @return the terminal
     * @throws ResourceLostException if nothing is known of it any more
     */
    HeldTerminal open(Plan plan, Sandbox sandbox);

    /**
     * Ends the program if the policy does and removes what was created. What is recorded the engine has saved by then, from
     * {@link #open}.
     *
     * @param plan from {@link #plan}
     * @param sandbox where it runs
     * @param policy what may be done
     * @return what was removed, what was kept, and why
     */
    RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy);
}
