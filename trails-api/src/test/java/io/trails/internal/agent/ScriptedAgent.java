package io.trails.internal.agent;

import io.trails.AgentProfile;
import io.trails.Terminal;
import io.trails.internal.terminal.Terminals;
import io.trails.spi.HeldTerminal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** A small program in a terminal, read as an agent. */
final class ScriptedAgent implements AgentTerminals {
    /** How long a program may take to show or read what it was given: longer than any machine is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<String> log = new ArrayList<>();
    final TerminalAgent agent;
    private final IntFunction<HeldTerminal> launch;
    private HeldTerminal current;
    private int launches;

    ScriptedAgent(IntFunction<HeldTerminal> launch, Clock clock) {
        this(launch, profile().build(), clock);
    }

    ScriptedAgent(IntFunction<HeldTerminal> launch, AgentProfile profile, Clock clock) {
        this(launch, profile, clock, System::nanoTime);
    }

    ScriptedAgent(IntFunction<HeldTerminal> launch, AgentProfile profile, Clock clock, LongSupplier nanoTime) {
        this(launch, profile, clock, nanoTime, PATIENCE);
    }

    /** One that is given up soon when it does not take a text. */
    static ScriptedAgent impatient(HeldTerminal terminal) {
        return new ScriptedAgent(
                i -> terminal, profile().build(), Clock.systemUTC(), System::nanoTime, Duration.ofMillis(600));
    }

    /** One that is given as long as agents are. */
    static ScriptedAgent usual(HeldTerminal terminal) {
        return new ScriptedAgent(
                i -> terminal, profile().build(), Clock.systemUTC(), System::nanoTime, Submission.NOTICE);
    }

    private ScriptedAgent(
            IntFunction<HeldTerminal> launch,
            AgentProfile profile,
            Clock clock,
            LongSupplier nanoTime,
            Duration notice) {
        this.launch = launch;
        this.current = launch.apply(0);
        this.agent = new TerminalAgent(
                profile,
                this,
                (characters, delivered) -> log.add(characters + " " + delivered),
                clock,
                nanoTime,
                notice);
    }

    static ScriptedAgent headless(Terminals terminals, String script) {
        return new ScriptedAgent(i -> terminals.script("agent" + i, script), Clock.systemUTC());
    }

    static AgentProfile.Builder profile() {
        return AgentProfile.named("scripted", "script")
                .prompt("^> ?")
                .question("\\(y/n\\)")
                .busy("thinking")
                .quiet(Duration.ofMillis(150));
    }

    @Override
    public Terminal shown() {
        return current();
    }

    @Override
    public HeldTerminal current() {
        return current;
    }

    @Override
    public HeldTerminal relaunch(HeldTerminal ended) {
        current = launch.apply(++launches);
        return current;
    }
}
