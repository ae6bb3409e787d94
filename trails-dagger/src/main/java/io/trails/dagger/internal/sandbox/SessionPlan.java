package io.trails.dagger.internal.sandbox;

import io.trails.ContainerRecipe;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.SandboxRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is going to be created. Immutable.
 *
 * @param key tells the session from all others that an engine may ever have
 * @param engine the name of the engine, as settings call it
 * @param files the session's files on the host
 * @param own where the session's own files are
 * @param rescues where pending changes of a removed session are kept
 * @param bringsBack whether changes come back by themselves
 * @param fork the checkpoint whose system it starts with
 */
public record SessionPlan(
        String key,
        String engine,
        ContainerRecipe recipe,
        Path files,
        Path own,
        Path rescues,
        boolean bringsBack,
        Optional<String> fork) {
    private static final int RANDOM_BYTES = 8;

    /** Plans. */
    public static SessionPlan of(SandboxRequest request, String engine) {
        if (!(request.location() instanceof HostDirectory files)) {
            throw new IllegalArgumentException(
                    "No container takes files from " + request.location().describe());
        }
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String key = request.sessionId() + "-" + HexFormat.of().formatHex(random);
        Path own = request.directory().resolve("dagger");
        Path beside =
                request.stateDirectory().orElseGet(() -> request.directory().resolveSibling("."));
        return new SessionPlan(
                key,
                engine,
                request.recipe().orElseGet(ContainerRecipe::empty),
                files.path(),
                own,
                beside.normalize().resolve("rescues").resolve(key),
                request.bringsBack(),
                request.forkOf().map(checkpoint -> checkpoint.id()));
    }

    /** Reads a plan. */
    public static SessionPlan read(Plan plan) {
        return new SessionPlan(
                plan.get("key"),
                plan.get("engine"),
                ContainerRecipe.parse(plan.get("recipe")),
                Path.of(plan.get("files")),
                Path.of(plan.get("own")),
                Path.of(plan.get("rescues")),
                Boolean.parseBoolean(plan.get("bringsBack")),
                plan.find("fork"));
    }

    /** Writes it. */
    public Plan write() {
        Plan plan = Plan.empty()
                .with("key", key)
                .with("engine", engine)
                .with("recipe", recipe.text())
                .with("files", files.toString())
                .with("own", own.toString())
                .with("rescues", rescues.toString())
                .with("bringsBack", Boolean.toString(bringsBack));
        return fork.isPresent() ? plan.with("fork", fork.get()) : plan;
    }
}
