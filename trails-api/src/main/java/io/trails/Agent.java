package io.trails;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The agent of a session, in a terminal of its own. Thread-safe. After {@link Trails#close()}, what needs the terminal throws
 * {@link IllegalStateException}.
 */
public interface Agent {
    /**
     * How this agent is launched and read.
     *
     * @return the profile
     */
    AgentProfile profile();

    /**
     * The agent's own terminal.
     *
     * @return the terminal
     */
    Terminal terminal();

    /**
     * Gives the agent a text and makes sure that it took it.
     *
     * @param text without NUL characters; may have several lines
     * @throws DeliveryFailedException if the terminal does not show that the text was taken; it may be in the agent's
     *     prompt, unsent. On a terminal with keys also if an unsent text stands there, or if the agent asks for a decision,
     *     which a text would make; then nothing was typed
     * @throws TrailsException {@code terminal.ended} if the agent has ended
     */
    void submit(String text);

    /**
     * What the agent is doing. Debounced: a pause shorter than the profile's quiet time is still {@code WORKING}.
     *
     * @return the activity with its evidence
     */
    Activity activity();

    /**
     * Waits until the activity satisfies the condition.
     *
     * @param condition what to wait for; must not block
     * @param timeout how long at most
     * @return the first activity that satisfied it
     * @throws TrailsException {@code agent.timeout} when none did in time
     */
    Activity await(Predicate<Activity> condition, Duration timeout);

    /**
     * What the agent exited with.
     *
     * @return the code, or empty while it runs or if nobody knows
     */
    OptionalInt exitCode();

    /**
     * Starts an agent that has ended again, with its profile's arguments for resuming. Does nothing while it runs.
     */
    void resume();
}
