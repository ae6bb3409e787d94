package io.trails.internal.settings;

import io.trails.ContainerBase;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.internal.settings.SettingsLayer.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which recipe a session's container is made from. Immutable.
 *
 * <p>One of a repository is followed once somebody who is trusted approved exactly what it says, and never if it names
 * files of this host: nobody who reads the recipe sees what is in them.
 */
public final class ContainerRecipes {
    private static final List<Source> ORDER = List.of(Source.HOST, Source.PROJECT, Source.USER);

    private final List<SettingsLayer> layers;
    private final Set<String> approved;

    public ContainerRecipes(List<SettingsLayer> layers) {
        this.layers = List.copyOf(layers);
        approved = SettingsLayer.approvedRecipes(layers);
    }

    /** The spec's own, else the first of host, project and user to have one, for its agent or for all. */
    public Optional<ContainerRecipe> find(SessionSpec spec) {
        if (spec.container().isPresent()) return spec.container();
        for (Source source : ORDER) {
            for (SettingsLayer layer : layers) {
                if (layer.source() != source) continue;
                Settings settings = layer.settings();
                Optional<ContainerRecipe> ofAgent =
                        spec.agent().map(settings.agentContainers()::get).filter(recipe -> isFollowed(layer, recipe));
                if (ofAgent.isPresent()) return ofAgent;
                Optional<ContainerRecipe> common = settings.container().filter(recipe -> isFollowed(layer, recipe));
                if (common.isPresent()) return common;
            }
        }
        return Optional.empty();
    }

    private boolean isFollowed(SettingsLayer layer, ContainerRecipe recipe) {
        return layer.source().trusted() || (hostFiles(recipe).isEmpty() && approved.contains(recipe.hash()));
    }

    /** Warns of recipes that are not followed. */
    public List<Reason> ignored() {
        var ignored = new ArrayList<Reason>();
        for (SettingsLayer layer : layers) {
            if (layer.source().trusted()) continue;
            layer.settings().container().ifPresent(recipe -> warn(layer, "container", recipe, ignored));
            for (Map.Entry<String, ContainerRecipe> agent :
                    layer.settings().agentContainers().entrySet()) {
                warn(layer, "agent_containers." + agent.getKey(), agent.getValue(), ignored);
            }
        }
        return ignored;
    }

    private void warn(SettingsLayer layer, String key, ContainerRecipe recipe, List<Reason> ignored) {
        Optional<String> hostFile = hostFiles(recipe);
        if (hostFile.isPresent()) {
            ignored.add(Reason.of(
                    "settings.untrusted-host-path",
                    layer.at(key) + ": the recipe '" + key + "' comes with the repository and names " + hostFile.get()
                            + ", a file of this host, so it is ignored, approved or not",
                    "Copy the recipe into your own settings file if you want it"));
        } else if (!approved.contains(recipe.hash())) {
            ignored.add(Reason.of(
                    "settings.untrusted-recipe",
                    layer.at(key) + ": the recipe '" + key
                            + "' comes with the repository and says what is run, so it is" + " ignored until its hash "
                            + recipe.hash() + " is approved",
                    "Read it, then add \"" + recipe.hash()
                            + "\" to 'approved_recipes' in your own settings file; a changed recipe has another hash"));
        }
    }

    /** What of the host the recipe would let into the container by a path. */
    private static Optional<String> hostFiles(ContainerRecipe recipe) {
        Optional<String> base = recipe.base().flatMap(ContainerRecipes::hostFile);
        if (base.isPresent()) return base;
        for (ContainerService service : recipe.services()) {
            Optional<String> own = hostFile(service.base());
            if (own.isPresent()) return own;
        }
        for (Map.Entry<String, String> secret : recipe.secrets().entrySet()) {
            if (secret.getValue().startsWith("file:")) {
                return Optional.of(secret.getValue().substring("file:".length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> hostFile(ContainerBase base) {
        if (base instanceof ContainerBase.Rootfs rootfs)
            return Optional.of(rootfs.directory().toString());
        if (base instanceof ContainerBase.Archive archive)
            return Optional.of(archive.file().toString());
        return Optional.empty();
    }
}
