package io.trails.dagger.internal.sandbox;

import io.trails.TrailsException;
import io.trails.dagger.internal.live.LivePrograms;
import org.slf4j.LoggerFactory;

/** How a session's files leave the volume on which programs worked on them. Thread-safe. */
final class WayHome {
    private final SessionContainer container;
    private final LivePrograms live;
    private final RunMarks marks;

    WayHome(SessionContainer container, LivePrograms live, RunMarks marks) {
        this.container = container;
        this.live = live;
        this.marks = marks;
    }

    /** Whether a JVM was killed while programs worked on a volume. One that lives brings their files back itself. */
    boolean isLeftOpen() {
        return live.haveLeftFiles() && !marks.isRunningElsewhere();
    }

    /** Not in the turn: what is left on a volume though no program runs comes home, if it can. */
    void finish() {
        if (!live.isStranded() || container.isUnsettled() || marks.isRunningElsewhere()) return;
        try {
            live.comeHome();
        } catch (TrailsException away) {
            // What was done before is done; the volume is still known.
            LoggerFactory.getLogger(WayHome.class)
                    .debug(
                            "The files of {} stay on a volume",
                            container.surroundings().plan().key(),
                            away);
        }
    }

    /** In turn, and with what follows if everything came; nothing if they lie on no volume. */
    void take(Runnable then) {
        container.turns().take("waiting to bring files home", () -> {
            if (!live.isLive()) return this;
            var unused = container.ready();
            container.settle();
            if (!container.isUnsettled()) then.run();
            return this;
        });
    }

    /**
     * In turn: no volume has the files any more, for a session that goes back to what it was. What programs wrote last is in the
     * root alone.
     */
    void abandon() {
        container.turns().take("waiting to leave a volume", () -> {
            if (!live.isLive()) return this;
            Situation before = container.ready();
            if (!live.isLive()) return this;
            container.unsettle(before.withRoot(live.settle(before.root()), SessionContainer.SETTLING_LAYERS));
            if (live.abandon()) return this;
            throw new TrailsException(
                    "dagger.still-running",
                    "A program was started while the session was to go back to a checkpoint; stop the session, and try again");
        });
    }
}
