package io.trails.dagger.internal.sandbox;

import io.trails.ContainerEngine;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineChoice;
import io.trails.spi.ResourceLostException;
import io.trails.spi.SandboxNotice;
import io.trails.spi.SandboxNotice.Kind;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import io.trails.spi.SandboxUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The sessions of one provider: their beginning and their resumption. Thread-safe. */
public final class Sessions {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Says that creation was finished. */
    static final String CREATED = "created";

    private final Connections connections = new Connections();
    private final SavedContainers saved = new SavedContainers();

    /** Creates what was planned, or finishes what a crash left of it. */
    public DaggerSandbox create(SessionPlan plan, SandboxRequest request, Map<String, String> environment) {
        if (!Files.isDirectory(plan.files())) {
            throw new TrailsException(
                    "dagger.directory-missing",
                    "The session's directory " + plan.files() + " does not exist or is a file; create it first");
        }
        boolean begun = Files.exists(plan.own());
        boolean created = Files.exists(plan.own().resolve(CREATED));
        Optional<Saved> fork = plan.fork().flatMap(saved::find);
        if (plan.fork().isPresent() && fork.isEmpty() && !created) tellForkGone(request);
        try {
            Files.createDirectories(plan.own());
            Opened opened = opened(plan, request, environment, created);
            try {
                opened.container.make(fork);
                Files.writeString(plan.own().resolve(CREATED), "");
                return opened.sandbox;
            } catch (IOException | RuntimeException | Error failed) {
                opened.sandbox.close();
                throw failed;
            }
        } catch (IOException e) {
            if (!begun) OwnTree.delete(plan.own());
            throw new TrailsException(
                    "dagger.files-unwritable",
                    "Nothing can be written in " + plan.own() + "; make room or make it writable",
                    e);
        } catch (RuntimeException | Error failed) {
            if (!begun) OwnTree.delete(plan.own());
            throw failed;
        }
    }

    private static void tellForkGone(SandboxRequest request) {
        request.noticeReporter()
                .accept(new SandboxNotice(
                        Kind.WARNING,
                        Reason.of(
                                "dagger.checkpoint-gone",
                                "The container of the checkpoint is not there any more, so the session starts with a new one",
                                "run again what had changed the system, or put it in the recipe")));
    }

    /** Takes up what was created. No engine is asked before it is needed. */
    public DaggerSandbox open(SessionPlan plan, SandboxRequest request, Map<String, String> environment) {
        if (!Files.isDirectory(plan.files())) {
            throw new ResourceLostException(
                    "The session's directory " + plan.files() + " is gone; bring it back, or remove the session");
        }
        if (!Files.exists(plan.own().resolve(CREATED))) {
            throw new ResourceLostException("What the session kept in " + plan.own() + " is gone; remove the session");
        }
        Opened opened = opened(plan, request, environment, true);
        try {
            opened.container.files().finishInterrupted();
            opened.container.scratch().clear();
            return opened.sandbox;
        } catch (RuntimeException | Error failed) {
            opened.sandbox.close();
            throw failed;
        }
    }

    private record Opened(DaggerSandbox sandbox, SessionContainer container) {}

    private Opened opened(
            SessionPlan plan, SandboxRequest request, Map<String, String> environment, boolean madeBefore) {
        var secrets = new HiddenValues(plan.recipe().secrets(), environment);
        var files = new HostFiles(plan, request.stateDirectory(), request.settings());
        EngineChoice choice = choice(plan, request);
        var container = new AtomicReference<SessionContainer>();
        Connections.Lease lease = connections.lease(environment, choice, loss -> {
            SessionContainer known = container.get();
            if (known != null)
                known.losses()
                        .tell(loss.generation(), String.valueOf(loss.cause().getMessage()));
        });
        try {
            var with = new Surroundings(
                    plan,
                    request.limits(),
                    secrets,
                    request.settings().replayAllowed(),
                    lease::engine,
                    request.noticeReporter(),
                    PATIENCE);
            var made = new SessionContainer(with, files, madeBefore);
            container.set(made);
            return new Opened(new DaggerSandbox(made, lease, new RunMarks(plan.own()), saved), made);
        } catch (RuntimeException | Error failed) {
            lease.close();
            throw failed;
        }
    }

    /**
     * Where a planned session goes.
     *
     * @throws SandboxUnreachableException if what it was promised is not kept there any more: it can still be looked at and removed
     */
    static EngineChoice choice(SessionPlan plan, SandboxRequest request) {
        for (ContainerEngine engine : request.settings().engines()) {
            if (!engine.name().equals(plan.engine())) continue;
            insist(plan, request, SandboxSettings.none().withEngine(engine));
            return choice(engine);
        }
        if (plan.engine().equals(EngineRoute.DEFAULT)) {
            insist(plan, request, SandboxSettings.none());
            return EngineChoice.standard(START_TIMEOUT);
        }
        throw new SandboxUnreachableException(
                "dagger.engine-undeclared",
                "The session runs on the engine '" + plan.engine()
                        + "', which the settings do not declare any more; declare it again, or remove the session");
    }

    /** An engine of that name may be declared otherwise than when the session was planned for it. */
    private static void insist(SessionPlan plan, SandboxRequest request, SandboxSettings alone) {
        EngineRoute.of(request.limits(), request.network(), alone).refusal().ifPresent(answer -> {
            throw new SandboxUnreachableException(
                    "dagger.engine-undeclared",
                    "The session runs on the engine '" + plan.engine() + "', which the settings do not declare to keep "
                            + answer.subject()
                            + " as the session needs it; declare it as it was, or remove the session");
        });
    }

    /** The engine that settings declare. */
    public static EngineChoice choice(ContainerEngine engine) {
        return new EngineChoice(engine.name(), engine.cli(), engine.runnerHost(), START_TIMEOUT);
    }
}
