package io.trails.dagger.internal.connection;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether an engine can be used, as far as that can be told without starting one. */
final class EngineLook {
    private final Map<String, String> environment;
    private final EngineChoice choice;
    private final Countdown time;

    EngineLook(Map<String, String> environment, EngineChoice choice, Duration deadline) {
        this.environment = environment;
        this.choice = choice;
        time = Countdown.of(deadline);
    }

    /** The answer; late only if the system itself is. */
    EngineStanding look() throws InterruptedException {
        try {
            Optional<SessionAddress> session = GivenSession.of(environment, choice);
            if (session.isPresent()) return session(session.get());
            return program(DaggerProgram.find(choice, environment));
        } catch (EngineUnavailableException e) {
            return new EngineStanding.Unusable(e.reason());
        }
    }

    private EngineStanding session(SessionAddress address) throws InterruptedException {
        try (Wire wire = new Wire(address, choice.name())) {
            return new EngineStanding.Usable(
                    new Handshake(wire, address, new Redaction(), true)
                            .greet(time.left())
                            .version(),
                    true);
        }
    }

    private EngineStanding program(Path program) throws InterruptedException {
        Map<String, String> child = ChildEnvironment.of(environment, choice);
        Optional<ShortRun> run;
        try {
            run = ShortRun.of(List.of(program.toString(), "version"), child, time.left());
        } catch (IOException e) {
            return new EngineStanding.Unusable(Reasons.cliNotExecutable(program));
        }
        if (run.isEmpty()) return new EngineStanding.Unusable(Reasons.hung(program.toString(), ""));
        if (run.get().exitCode() != 0)
            return new EngineStanding.Unusable(
                    Reasons.cliFailed(program, run.get().complaint()));
        Optional<CliVersion> version = CliVersion.read(run.get().output());
        if (version.filter(CliVersion::isTooOld).isPresent())
            return new EngineStanding.Unusable(Reasons.tooOld(version.get().version()));
        return host(child, version).look(version.map(CliVersion::version).orElse("of an unknown release"), child, time);
    }

    private static RunnerHost host(Map<String, String> child, Optional<CliVersion> version) {
        String wanted = child.getOrDefault(ChildEnvironment.RUNNER_HOST, "");
        return new RunnerHost(
                wanted.isEmpty() ? version.map(CliVersion::runnerHost).orElse("") : wanted);
    }
}
