package io.trails.internal.agent;

import io.trails.Activity;
import io.trails.Agent;
import io.trails.AgentProfile;
import io.trails.Terminal;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.internal.terminal.Patience;
import io.trails.spi.HeldTerminal;
import io.trails.spi.ResourceLostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** An agent in a terminal. Thread-safe; texts and launches take turns. */
public final class TerminalAgent implements Agent {
    private static final Duration TURN = Duration.ofMinutes(2);

    /** A look at a screen may start a process: between two looks passes so many times what one took. */
    private static final int REST = 5;

    private final AgentProfile profile;
    private final AgentTerminals terminals;
    private final SubmissionLog log;
    private final PromptRegion region;
    private final ActivityWatch watch;
    private final Duration notice;
    private final Semaphore turn = new Semaphore(1, true);

    public TerminalAgent(AgentProfile profile, AgentTerminals terminals, SubmissionLog log, Clock clock) {
        this(profile, terminals, log, clock, System::nanoTime, Submission.NOTICE);
    }

    /** @param notice how long the agent may take to read or show a text */
    TerminalAgent(
            AgentProfile profile,
            AgentTerminals terminals,
            SubmissionLog log,
            Clock clock,
            LongSupplier nanoTime,
            Duration notice) {
        this.profile = profile;
        this.terminals = terminals;
        this.log = log;
        this.notice = notice;
        this.region = new PromptRegion(profile);
        this.watch = new ActivityWatch(profile, region, clock, nanoTime);
    }

    @Override
    public AgentProfile profile() {
        return profile;
    }

    @Override
    public Terminal terminal() {
        return terminals.shown();
    }

    @Override
    public void submit(String text) {
        Objects.requireNonNull(text, "text");
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("The text contains NUL");
        takeTurn();
        boolean delivered = false;
        try {
            new Submission(profile, region, terminals.current(), text, notice).deliver();
            delivered = true;
        } finally {
            turn.release();
            log.submitted(text.length(), delivered);
        }
    }

    @Override
    public Activity activity() {
        try {
            return watch.look(terminals.current());
        } catch (ResourceLostException e) {
            LoggerFactory.getLogger(TerminalAgent.class).debug("The terminal of agent {} is gone", profile.name(), e);
            return watch.lost();
        }
    }

    @Override
    public Activity await(Predicate<Activity> condition, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(condition, "condition");
        Patience patience = Patience.of(timeout);
        while (true) {
            long began = System.nanoTime();
            Activity activity = activity();
            if (condition.test(activity)) return activity;
            if (patience.over()) {
                throw new TrailsException(
                        "agent.timeout",
                        "Agent '" + profile.name() + "' did not get there within " + timeout + "; it is "
                                + activity.state() + " since " + activity.since() + ": " + activity.evidence());
            }
            patience.pause("waiting for agent '" + profile.name() + "'", (System.nanoTime() - began) * REST);
        }
    }

    @Override
    public OptionalInt exitCode() {
        try {
            return terminals.current().exitCode();
        } catch (TrailsException e) {
            if (e.code().equals("terminal.lost")) return OptionalInt.empty();
            throw e;
        }
    }

    @Override
    public void resume() {
        takeTurn();
        try {
            HeldTerminal seen = terminals.current();
            if (!hasEnded()) return;
            terminals.relaunch(seen);
            watch.forget();
        } finally {
            turn.release();
        }
    }

    private boolean hasEnded() {
        Activity.State state = activity().state();
        return state == Activity.State.EXITED || state == Activity.State.LOST;
    }

    private void takeTurn() {
        try {
            if (turn.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for another call to agent '" + profile.name() + "'", e);
        }
        throw new TrailsException(
                "agent.busy",
                "Another text is on its way to agent '" + profile.name() + "', or it is being launched, for more than "
                        + TURN.toMinutes() + " minutes; try again");
    }
}
