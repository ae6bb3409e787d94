package io.trails.internal.engine;

import io.trails.Agent;
import io.trails.AgentProfile;
import io.trails.Command;
import io.trails.Terminal;
import io.trails.TrailsException;
import io.trails.internal.agent.AgentTerminals;
import io.trails.internal.agent.TerminalAgent;
import io.trails.internal.audit.CommLog;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredAgent;
import io.trails.internal.state.StoredPart;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The agent of one session, started on first use. Thread-safe. */
final class SessionAgent {
    static final String NAME = "agent";

    private final Services services;
    private final SessionTerminals terminals;
    private final String name;
    private final DefaultSession session;
    private final AgentProfile profile;
    private final AtomicReference<@Nullable TerminalAgent> started = new AtomicReference<>();

    SessionAgent(
            Services services,
            StoredAgent stored,
            Optional<AgentProfile> given,
            SessionTerminals terminals,
            String name,
            DefaultSession session) {
        this.services = services;
        this.terminals = terminals;
        this.name = name;
        this.session = session;
        this.profile = given.orElseGet(() -> recovered(services, stored));
    }

    /** Of a profile that came with the spec, another JVM knows the launch command alone, unless it registered the same. */
    private static AgentProfile recovered(Services services, StoredAgent stored) {
        Optional<AgentProfile> known = services.agents().find(stored.name());
        Optional<List<String>> launch = stored.launch();
        if (known.isPresent()
                && (launch.isEmpty() || launch.get().equals(known.get().launch()))) return known.get();
        String[] argv = launch.orElseGet(() -> List.of(stored.name())).toArray(String[]::new);
        return AgentProfile.named(stored.name(), argv).build();
    }

    /** The agent, launched if it never was, and launched again if the session's processes were ended. */
    Agent started(Sandbox sandbox, boolean stopped) {
        Terminals own = new Terminals(sandbox);
        HeldTerminal current = own.current();
        if (stopped && SessionTerminals.hasEnded(current)) own.relaunch(current);
        TerminalAgent known = started.get();
        if (known != null) return known;
        TerminalAgent fresh = new TerminalAgent(profile, own, this::logSubmission, services.clock());
        TerminalAgent other = started.compareAndExchange(null, fresh);
        return other == null ? fresh : other;
    }

    /** Who gave whom how much and whether it arrived; never what. A log that cannot be written undoes no delivery. */
    private void logSubmission(int characters, boolean delivered) {
        String outcome = delivered ? "delivered" : "not-delivered";
        try {
            services.comm().append(name, profile.name(), CommLog.Direction.TO_AGENT, characters, outcome);
        } catch (TrailsException unwritable) {
            LoggerFactory.getLogger(SessionAgent.class)
                    .warn("A submission to session {} could not be logged", name, unwritable);
        }
    }

    private SessionTerminals.Launch launch(SessionRecord record) {
        List<String> argv = new ArrayList<>(profile.launch());
        if (earlierLaunches(record) > 0) argv.addAll(profile.resumeArguments());
        return new SessionTerminals.Launch(Optional.of(Command.of(argv)), SessionAgent::countLaunch);
    }

    /** A launch that another thread or host planned and that may not have happened yet is counted already, and is this one. */
    private static int earlierLaunches(SessionRecord record) {
        int launches = record.agent().map(StoredAgent::launches).orElse(0);
        StoredPart planned = record.terminals().get(NAME);
        return planned == null || planned.created() ? launches : launches - 1;
    }

    private static SessionRecord countLaunch(SessionRecord record) {
        return record.agent()
                .map(agent -> record.withAgent(new StoredAgent(agent.name(), agent.launch(), agent.launches() + 1)))
                .orElse(record);
    }

    private final class Terminals implements AgentTerminals {
        private final Sandbox sandbox;

        Terminals(Sandbox sandbox) {
            this.sandbox = sandbox;
        }

        @Override
        public Terminal shown() {
            return new GuardedTerminal(current(), session);
        }

        @Override
        public HeldTerminal current() {
            session.checkPresent();
            return terminals.get(NAME, sandbox, SessionAgent.this::launch);
        }

        @Override
        public HeldTerminal relaunch(HeldTerminal ended) {
            terminals.discard(NAME, ended, sandbox);
            return current();
        }
    }
}
