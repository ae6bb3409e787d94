package io.trails.dagger.internal.sandbox;

import io.trails.ContainerRecipe;
import io.trails.Reason;
import io.trails.dagger.internal.files.Applied;
import io.trails.dagger.internal.files.Arrival;
import io.trails.dagger.internal.files.Bounds;
import io.trails.dagger.internal.files.FileSelection;
import io.trails.dagger.internal.files.HostApplier;
import io.trails.dagger.internal.files.HostDelta;
import io.trails.dagger.internal.files.KeptManifest;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.files.Mode;
import io.trails.dagger.internal.files.PendingStore;
import io.trails.dagger.internal.files.Skipped;
import io.trails.dagger.internal.files.Staging;
import io.trails.dagger.internal.files.TreeScan;
import io.trails.spi.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The host's side of a session's files: what is there, what goes in, and where that which comes out belongs. */
final class HostFiles {
    private final Path root;
    private final boolean bringsBack;
    private final FileSelection selection;
    private final Bounds bounds;
    private final PendingStore pending;
    private final KeptManifest seen;
    private final boolean hasIncluded;

    HostFiles(SessionPlan plan, Optional<Path> stateDirectory, SandboxSettings settings) {
        root = plan.files();
        bringsBack = plan.bringsBack();
        ContainerRecipe recipe = plan.recipe();
        selection = FileSelection.of(recipe.include(), recipe.exclude(), stateDirectory);
        hasIncluded = !recipe.include().isEmpty();
        Bounds usual = Bounds.usual();
        bounds = settings.uploadLimit().isPresent()
                ? new Bounds(settings.uploadLimit().getAsLong(), usual.files(), usual.manyBytes(), usual.manyFiles())
                : usual;
        pending = PendingStore.open(pendingDirectory(plan));
        seen = new KeptManifest(plan.own(), "live-seen");
    }

    static Path pendingDirectory(SessionPlan plan) {
        return plan.own().resolve("pending");
    }

    Path root() {
        return root;
    }

    PendingStore pending() {
        return pending;
    }

    /** What the host had when the container last saw it, kept while the files are on a volume. In the session's turn. */
    KeptManifest seen() {
        return seen;
    }

    FileSelection selection() {
        return selection;
    }

    boolean bringsBack() {
        return bringsBack;
    }

    TreeScan scan() {
        return TreeScan.of(root, selection, bounds);
    }

    /** What users did since then that the container is to see: not where the session has a version of its own. */
    HostDelta delta(Manifest before, TreeScan now) {
        HostDelta delta = now.since(before, root);
        return delta.isEmpty() ? delta : delta.without(pending.paths());
    }

    Staging stage(HostDelta delta, TreeScan now) {
        Path staging = pending.newStaging();
        try {
            return Staging.copy(root, delta, now.manifest(), staging);
        } catch (RuntimeException | Error failed) {
            pending.release(staging);
            throw failed;
        }
    }

    /** Has something done with a new directory, which is gone afterwards unless its files are kept for the session. */
    <T> T staged(Function<Path, T> work) {
        Path staging = pending.newStaging();
        try {
            return work.apply(staging);
        } finally {
            if (Files.isDirectory(staging)) pending.release(staging);
        }
    }

    /** Which of those paths are not the session's, and why. Directories end with '/'. */
    Refused refused(Collection<String> paths) {
        var reasons = new LinkedHashMap<String, Reason>();
        FileSelection.Rules rules = selection.rules(root);
        for (String path : paths) {
            String name = plain(path);
            rules.refusal(name, path.endsWith("/")).ifPresent(reason -> reasons.put(name, reason));
        }
        return new Refused(reasons, hasIncluded);
    }

    private static String plain(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * What is not the session's of some paths. What is in an ignored directory may be all the same.
     *
     * @param reasons by relative paths without '/' at their end
     * @param hasIncluded whether the recipe names something that would be ignored
     */
    record Refused(Map<String, Reason> reasons, boolean hasIncluded) {
        boolean covers(String path) {
            return reasons.containsKey(plain(path));
        }

        /** Of what is in a removed directory nobody tells, so something that is included may be gone with an ignored one. */
        boolean coversRemoved(String path) {
            Reason reason = reasons.get(plain(path));
            if (reason == null) return false;
            return !(hasIncluded && path.endsWith("/") && LeftBehind.isIgnored(reason));
        }

        /** With no path below another one. */
        List<Skipped> tops() {
            return reasons.entrySet().stream()
                    .filter(entry -> !isBelowAnother(entry.getKey()))
                    .map(entry -> new Skipped(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private boolean isBelowAnother(String name) {
            for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
                if (reasons.containsKey(name.substring(0, slash))) return true;
            }
            return false;
        }
    }

    Arrival read(Path staging, Collection<String> removed) {
        return Arrival.read(staging, removed, root, selection);
    }

    /** What of an arrival is the session's, if it may have been touched on the host alone since the host was in that state. */
    Arrival touched(Arrival arrival, Manifest then) {
        return arrival.withoutUntouched(then, root);
    }

    /** Where the session's version of a path lies that did not come back. */
    Optional<Path> kept(String path) {
        return pending.kept(path);
    }

    /** A process may have died while it brought files back: what it had begun is brought to its end. */
    void finishInterrupted() {
        if (bringsBack) pending.applyAll(root, Mode.WHAT_CAN_BE);
        else if (pending.isInterrupted()) pending.applyAll(root, Mode.ALL_OR_NOTHING);
    }

    /** Brings in what arrived, or keeps it until everything is asked for. */
    Optional<Applied> receive(Arrival arrival, Manifest base) {
        if (!bringsBack) {
            pending.record(arrival, base);
            return Optional.empty();
        }
        return Optional.of(new HostApplier(root, pending).apply(arrival, base, Mode.WHAT_CAN_BE));
    }
}
