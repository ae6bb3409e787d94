package io.trails.dagger.internal.sandbox;

import io.trails.ContainerEngine;
import io.trails.Reason;
import io.trails.dagger.internal.connection.EngineChoice;
import io.trails.dagger.internal.connection.EngineStanding;
import io.trails.dagger.internal.connection.Engines;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks for an engine that a session could run on, without starting one. Single-threaded. */
public final class EngineSearch {
    private final Map<String, String> environment;
    private final ProbeContext context;

    /** Prepares. */
    public EngineSearch(Map<String, String> environment, ProbeContext context) {
        this.environment = Map.copyOf(environment);
        this.context = context;
    }

    /** The first engine that nothing speaks against; if there is none, what speaks against the usual one. */
    public Availability answer() {
        List<EngineChoice> choices = choices();
        var reasons = new ArrayList<Reason>();
        // The answer has to be on its way before it is late.
        Duration all = context.timeout().multipliedBy(9).dividedBy(10);
        long start = System.nanoTime();
        for (EngineChoice choice : choices) {
            Duration left = all.minusNanos(System.nanoTime() - start).dividedBy(choices.size() - reasons.size());
            if (left.isNegative() || left.isZero()) break;
            EngineStanding standing = Engines.probe(environment, choice, left);
            if (standing instanceof EngineStanding.Usable usable) return usable(usable);
            reasons.add(((EngineStanding.Unusable) standing).reason());
        }
        return Availability.unavailable(reasons.get(0));
    }

    private static Availability usable(EngineStanding.Usable usable) {
        return Availability.available(Reason.of(
                "dagger.engine",
                usable.confirmed()
                        ? "A Dagger Engine " + usable.version() + " answers"
                        : "The dagger program " + usable.version()
                                + " is there; whether its engine is, shows when it is needed"));
    }

    private List<EngineChoice> choices() {
        List<ContainerEngine> declared = context.sandbox().engines();
        var choices = new ArrayList<EngineChoice>();
        for (ContainerEngine engine : declared) {
            boolean usual = engine.name().equals(EngineRoute.DEFAULT);
            choices.add(usual ? 0 : choices.size(), Sessions.choice(engine));
        }
        boolean replaced = declared.stream().anyMatch(engine -> engine.name().equals(EngineRoute.DEFAULT));
        if (!replaced) choices.add(0, EngineChoice.standard(context.timeout()));
        return choices;
    }
}
