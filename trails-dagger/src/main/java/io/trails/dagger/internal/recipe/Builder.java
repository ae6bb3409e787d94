package io.trails.dagger.internal.recipe;

import io.trails.ContainerBase;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.exec.EngineVariables;
import io.trails.dagger.internal.exec.Script;
import io.trails.dagger.internal.exec.Scrubber;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.CacheId;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.graph.FileId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.graph.Protocol;
import io.trails.dagger.internal.graph.SecretId;
import io.trails.dagger.internal.graph.ServiceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Follows a recipe in one session of an engine. What comes first is the same for all sessions, so that the engine does it once:
 * the base, then the setup commands. Single-threaded.
 */
public final class Builder {
    /** What a container starts from whose recipe does not say. */
    public static final String DEFAULT_IMAGE = "debian:stable-slim";

    /** Who runs commands where neither recipe nor image names somebody without privileges. */
    static final String UNPRIVILEGED = "1000:1000";

    private static final String HOME = "/home/trails";
    private static final Pattern SUPERUSER = Pattern.compile("(|root|[+-]?0+)(:.*)?", Pattern.DOTALL);

    private final EngineConnection engine;
    private final ContainerRecipe recipe;
    private final SecretValues secrets;
    private final Scrubber scrubber;
    private final String key;
    private final Duration patience;

    /**
     * Prepares to follow a recipe.
     *
     * @param key tells the session from others
     * @param patience how long any one step may take
     */
    public Builder(
            EngineConnection engine, ContainerRecipe recipe, SecretValues secrets, String key, Duration patience) {
        this.engine = engine;
        this.recipe = recipe;
        this.secrets = secrets;
        this.key = key;
        this.patience = patience;
        scrubber = Scrubber.of(secrets.values());
    }

    /** The container without the session's files. */
    public Container build() {
        Ingredients ingredients = gather();
        ContainerStep base = base(recipe.base(), "the container");
        var baseUser = base.user();
        var baseRoot = base.rootfs().id();
        Answers based = ask(Failure.BASE, "The base " + describe(recipe.base()) + " cannot be had", baseUser, baseRoot);
        String user = recipe.user().orElseGet(() -> unprivileged(based.get(baseUser)));

        ContainerStep dressed = dressed(base, ingredients);
        DirectoryId root = recipe.setup().isEmpty()
                ? based.get(baseRoot)
                : commanded(dressed.withRootfs(based.get(baseRoot)), recipe.setup(), Failure.SETUP, "setup");
        if (user.equals(UNPRIVILEGED)) root = withHome(root, ingredients.empty);
        else needKnown(user, root, ingredients.empty);
        // Only the root that the setup commands left may know the user to whom caches are given.
        var frame = mounted(dressed.withRootfs(root), ingredients, user)
                .withUser(user)
                .withWorkdir(recipe.workdir())
                .withEntrypoint(List.of())
                .id();
        Answers framed = ask(Failure.RECIPE, "The container cannot be made", frame);
        return new Container(framed.get(frame), root, ingredients.empty, user, recipe.workdir());
    }

    /** The root after the recipe's install commands, which have the session's files. */
    public DirectoryId install(Container container, DirectoryId root) {
        if (recipe.install().isEmpty()) return root;
        Ingredients none = new Ingredients(container.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());
        ContainerStep dressed = dressed(base(recipe.base(), "the container"), withSecrets(none))
                .withRootfs(root)
                .withWorkdir(recipe.workdir());
        DirectoryId installed = commanded(dressed, recipe.install(), Failure.INSTALL, "install");
        // The image's own user wrote, and the session's has to go on.
        var files = container.files(Graph.directory(installed)).id();
        DirectoryId owned =
                ask(Failure.INSTALL, "The installed files cannot be had", files).get(files);
        var again = container
                .over(installed)
                .withDirectory(container.workdir(), owned, container.owner())
                .rootfs()
                .id();
        return ask(Failure.INSTALL, "The installed files cannot be given to the session's user", again)
                .get(again);
    }

    private record Ingredients(
            DirectoryId empty,
            Optional<FileId> script,
            Map<String, CacheId> caches,
            Map<String, SecretId> secrets,
            Map<String, ServiceId> services) {}

    private Ingredients gather() {
        Leaf<DirectoryId> empty = Graph.directory().id();
        Leaf<FileId> script = Graph.directory()
                .withNewFile("run.sh", Script.text(), 0755)
                .file("run.sh")
                .id();
        var caches = new LinkedHashMap<String, Leaf<CacheId>>();
        for (Map.Entry<String, String> cache : recipe.caches().entrySet()) {
            caches.put(
                    cache.getKey(),
                    Graph.cacheVolume("trails-cache-" + cache.getValue()).id());
        }
        var leaves = new ArrayList<Leaf<?>>(List.of(empty, script));
        leaves.addAll(caches.values());
        Answers answers = ask(Failure.RECIPE, "The container cannot be prepared", leaves.toArray(new Leaf<?>[0]));
        var found = new Ingredients(
                answers.get(empty), Optional.of(answers.get(script)), all(answers, caches), Map.of(), services());
        return withSecrets(found);
    }

    private Ingredients withSecrets(Ingredients others) {
        if (secrets.byName().isEmpty()) return others;
        var leaves = new LinkedHashMap<String, Leaf<SecretId>>();
        secrets.byName()
                .forEach((name, value) -> leaves.put(
                        name, Graph.secret("trails-" + key + "-" + name, value).id()));
        Answers answers = ask(
                Failure.RECIPE,
                "The secrets cannot be handed over",
                leaves.values().toArray(new Leaf<?>[0]));
        return new Ingredients(others.empty, others.script, others.caches, all(answers, leaves), others.services);
    }

    private static <T> Map<String, T> all(Answers answers, Map<String, Leaf<T>> leaves) {
        var values = new LinkedHashMap<String, T>();
        leaves.forEach((name, leaf) -> values.put(name, answers.get(leaf)));
        return values;
    }

    private Map<String, ServiceId> services() {
        var services = new LinkedHashMap<String, ServiceId>();
        for (ContainerService service : recipe.services()) {
            String what = "the service " + service.name();
            ContainerStep step = base(Optional.of(service.base()), what);
            for (Map.Entry<String, String> variable : service.environment().entrySet()) {
                step = step.withEnvVariable(variable.getKey(), variable.getValue());
            }
            // Two sessions with equal recipes would else talk to the same service.
            step = step.withEnvVariable("TRAILS_SESSION", key);
            for (int port : service.ports()) step = step.withExposedPort(port, Protocol.TCP, true);
            var id = step.asService(service.argv(), service.argv().isEmpty()).id();
            services.put(
                    service.name(),
                    ask(Failure.BASE, "The base of " + what + " cannot be had", id)
                            .get(id));
        }
        return services;
    }

    private ContainerStep base(Optional<ContainerBase> wanted, String what) {
        ContainerBase base = wanted.orElseGet(() -> ContainerBase.image(DEFAULT_IMAGE));
        String failed = "The base of " + what + ", " + describe(wanted) + ", cannot be had";
        if (base instanceof ContainerBase.Image image) return Graph.container().from(image.address());
        if (base instanceof ContainerBase.Rootfs rootfs) {
            var id = Graph.hostDirectory(rootfs.directory(), List.of(), List.of())
                    .id();
            return Graph.container().withRootfs(ask(Failure.BASE, failed, id).get(id));
        }
        var id = Graph.hostFile(((ContainerBase.Archive) base).file()).id();
        return Graph.container().importArchive(ask(Failure.BASE, failed, id).get(id));
    }

    private static String describe(Optional<ContainerBase> base) {
        ContainerBase known = base.orElseGet(() -> ContainerBase.image(DEFAULT_IMAGE));
        if (known instanceof ContainerBase.Image image) return "image " + image.address();
        if (known instanceof ContainerBase.Rootfs rootfs) return "root file system " + rootfs.directory();
        return "archive " + ((ContainerBase.Archive) known).file();
    }

    private ContainerStep dressed(ContainerStep base, Ingredients ingredients) {
        var set = new ArrayList<>(recipe.environment().keySet());
        set.addAll(recipe.secrets().keySet());
        ContainerStep step = base.withEnvVariable(EngineVariables.HIDE, EngineVariables.without(set));
        for (Map.Entry<String, String> variable : recipe.environment().entrySet()) {
            step = step.withEnvVariable(variable.getKey(), variable.getValue());
        }
        for (Map.Entry<String, SecretId> secret : ingredients.secrets.entrySet()) {
            step = step.withSecretVariable(secret.getKey(), secret.getValue());
        }
        return step;
    }

    private ContainerStep mounted(ContainerStep dressed, Ingredients ingredients, String user) {
        ContainerStep step = dressed;
        for (Map.Entry<String, CacheId> cache : ingredients.caches.entrySet()) {
            step = step.withMountedCache(cache.getKey(), cache.getValue(), Optional.of(user));
        }
        for (Map.Entry<String, ServiceId> service : ingredients.services.entrySet()) {
            step = step.withServiceBinding(service.getKey(), service.getValue());
        }
        if (ingredients.script.isEmpty()) return step;
        return step.withMountedFile(Script.PATH, ingredients.script.get(), Optional.empty());
    }

    private static String unprivileged(String imagesUser) {
        return SUPERUSER.matcher(imagesUser).matches() ? UNPRIVILEGED : imagesUser;
    }

    private DirectoryId withHome(DirectoryId root, DirectoryId empty) {
        var id = Graph.container()
                .withRootfs(root)
                .withDirectory(HOME, empty, Optional.of(UNPRIVILEGED))
                .rootfs()
                .id();
        return ask(Failure.RECIPE, "A home directory cannot be made", id).get(id);
    }

    /** An engine looks for a user only when files are given to it or it runs something. */
    private void needKnown(String user, DirectoryId root, DirectoryId empty) {
        var given = Graph.container()
                .withRootfs(root)
                .withDirectory(HOME, empty, Optional.of(user))
                .rootfs()
                .sync();
        ask(Failure.RECIPE, "Files cannot be given to the container's user " + user, given);
    }

    private DirectoryId commanded(ContainerStep start, List<List<String>> commands, Failure failure, String kind) {
        ContainerStep step = start;
        for (List<String> command : commands) step = step.withExec(ExecOptions.of(command));
        var root = step.rootfs().sync();
        try {
            return engine.ask(patience, root).get(root);
        } catch (ExecFailure failed) {
            throw failure.of(said(kind, failed), failed);
        }
    }

    private String said(String kind, ExecFailure failed) {
        String command =
                failed.command().isEmpty() ? "a " + kind + " command" : "the " + kind + " command " + failed.command();
        String code = failed.exitCode().isPresent()
                ? " with exit code " + failed.exitCode().getAsInt()
                : "";
        String output = (failed.stdout() + "\n" + failed.stderr()).strip();
        return scrubber.scrub(
                "Of the recipe, " + command + " failed" + code + "; mend it. It wrote at its end: " + tail(output));
    }

    private static String tail(String output) {
        int most = 2_000;
        if (output.isEmpty()) return "nothing";
        return output.length() <= most ? output : "…" + output.substring(output.length() - most);
    }

    private Answers ask(Failure failure, String failed, Leaf<?>... leaves) {
        try {
            return engine.ask(patience, leaves);
        } catch (EngineLostException lost) {
            throw lost;
        } catch (GraphException | ExecFailure refused) {
            String why =
                    refused instanceof GraphException graph ? String.join("; ", graph.errors()) : refused.getMessage();
            throw failure.of(scrubber.scrub(failed + ": " + why + "; " + failure.remedy()), refused);
        }
    }
}
