package io.trails.internal.agent;

import io.trails.Activity;
import io.trails.Activity.State;
import io.trails.AgentProfile;
import io.trails.Screen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * What an agent is doing, concluded from one look at its screen and the memory of the looks before. No thread looks by
 * itself: what happened between two looks is not known. Thread-safe.
 */
final class ActivityWatch {
    /** Numbers, and the characters that spinners and progress bars are made of. */
    private static final Pattern TICKING =
            Pattern.compile("[0-9\u2800-\u28ff\u2588-\u2593\u25d0-\u25d7\u25f4-\u25f7]+");

    private final Duration quiet;
    private final PromptRegion region;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private Optional<Screen> last = Optional.empty();
    private boolean changeSeen;
    private long changedNanos;
    private Instant changed = Instant.EPOCH;
    private String substance = "";
    private long movedNanos;
    private Instant moved = Instant.EPOCH;
    private Optional<Activity> before = Optional.empty();

    /**
     * @param clock says since when, to people
     * @param nanoTime says for how long, and does not jump
     */
    ActivityWatch(AgentProfile profile, PromptRegion region, Clock clock, LongSupplier nanoTime) {
        this.quiet = profile.quiet();
        this.region = region;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    Activity look(Terminal terminal) {
        try {
            OptionalInt code = terminal.exitCode();
            if (code.isPresent()) return over(State.EXITED, "exit code " + code.getAsInt());
        } catch (TrailsException e) {
            if (!e.code().equals("terminal.lost")) throw e;
            return lost();
        }
        Screen screen = terminal.screen();
        boolean live = terminal.capabilities().contains(TerminalCapability.SCREEN);
        // Before the lock: patterns may take a while.
        Optional<PromptRegion.Sign> sign = region.read(screen, live);
        synchronized (lock) {
            Instant now = clock.instant();
            long nanos = nanoTime.getAsLong();
            if (!last.equals(Optional.of(screen))) {
                String substanceNow = substance(screen);
                if (last.isEmpty() || !substanceNow.equals(substance)) {
                    substance = substanceNow;
                    moved = now;
                    movedNanos = nanos;
                }
                changeSeen = last.isPresent();
                last = Optional.of(screen);
                changed = now;
                changedNanos = nanos;
            }
            boolean waits = sign.isPresent() && sign.get().kind() != PromptRegion.Kind.BUSY;
            Duration still = Duration.ofNanos(nanos - (waits ? movedNanos : changedNanos));
            return remember(conclude(screen, sign, now, still));
        }
    }

    /**
     * What of a screen would not change by a clock or a spinner alone. At a prompt or a question only that counts, or a clock
     * in a status line would be work for ever; without them a spinner is all there is to see of work.
     */
    private static String substance(Screen screen) {
        return TICKING.matcher(screen.text()).replaceAll("0");
    }

    Activity lost() {
        return over(State.LOST, "its terminal is gone, and nobody knows how it ended");
    }

    private Activity over(State state, String evidence) {
        synchronized (lock) {
            return remember(new Activity(state, clock.instant(), evidence));
        }
    }

    private Activity conclude(Screen screen, Optional<PromptRegion.Sign> sign, Instant now, Duration still) {
        if (screen.text().isBlank()) return new Activity(State.STARTING, changed, "nothing shown yet");
        if (sign.isPresent() && sign.get().kind() == PromptRegion.Kind.BUSY) {
            return new Activity(State.WORKING, now, sign.get().line());
        }
        if (still.compareTo(quiet) < 0) {
            return changeSeen
                    ? new Activity(State.WORKING, now, "the screen changed " + still.toMillis() + " ms ago")
                    : new Activity(State.UNKNOWN, changed, "looked at for " + still.toMillis() + " ms so far");
        }
        if (sign.isEmpty()) return new Activity(State.UNKNOWN, changed, "no pattern of the profile matches");
        State state = sign.get().kind() == PromptRegion.Kind.QUESTION ? State.WAITING_FOR_INPUT : State.IDLE;
        return new Activity(state, moved, sign.get().line());
    }

    /** A state that lasts began when it was first seen. Called with the lock held. */
    private Activity remember(Activity now) {
        boolean lasts = before.isPresent() && before.get().state() == now.state();
        Activity activity = lasts ? new Activity(now.state(), before.get().since(), now.evidence()) : now;
        before = Optional.of(activity);
        return activity;
    }

    /** Nothing that was seen of an earlier launch says anything about the next one. */
    void forget() {
        synchronized (lock) {
            last = Optional.empty();
            before = Optional.empty();
        }
    }
}
