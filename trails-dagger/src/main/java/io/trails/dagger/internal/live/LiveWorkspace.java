package io.trails.dagger.internal.live;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.CacheId;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.spi.SandboxNotice;
import io.trails.spi.SandboxUnreachableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The session's files while programs run: on a cache volume that every container of the session has at its workdir. Thread-safe;
 * whatever changes the root or the volume is called in the session's turn.
 */
final class LiveWorkspace {
    private static final String VOLUME = "/.trails/volume";
    private static final String STAGED = "/.trails/staged";
    private static final String LISTS = "/.trails/lists";
    private static final int PATHS_AT_ONCE = 500;

    /** File systems count time in ticks, and the clock of the container may differ by one from theirs. */
    private static final long TICK_SECONDS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final LiveContainer container;
    private final VolumeRecord record;
    private volatile @Nullable Volume volume;

    /**
     * A volume with the session's files.
     *
     * @param id in the engine's session of that generation
     * @param since in seconds of the engine's clock; what changed before is in the root
     */
    private record Volume(String key, CacheId id, long generation, long since) {
        Volume settledAt(long seconds) {
            return new Volume(key, id, generation, seconds - TICK_SECONDS);
        }
    }

    LiveWorkspace(LiveContainer container) {
        this.container = container;
        record = new VolumeRecord(container.directory());
    }

    boolean isLive() {
        return volume != null;
    }

    /** Whether the host knows of a volume, be it this one or one that another JVM left. */
    boolean isRecorded() {
        return record.live().isPresent();
    }

    /** The container with the files at its workdir, or as it is if they are in its root. */
    ContainerStep mount(ContainerStep step) {
        Optional<Volume> now = current();
        return now.isEmpty()
                ? step
                : step.withMountedCache(container.workdir(), now.get().id(), Optional.empty());
    }

    /** In another engine session nobody knows whether the volume is still what it was, until somebody looks. */
    private Optional<Volume> current() {
        Volume now = volume;
        if (now == null) return Optional.empty();
        if (now.generation() == container.engine().generation()) return Optional.of(now);
        throw new SandboxUnreachableException(
                "dagger.engine-lost",
                "The engine is gone that had the session's files, and nobody looked yet what is left");
    }

    /** Moves the files to a volume, unless they are on one. */
    void enter(DirectoryId root) {
        if (current().isPresent()) return;
        String key = "trails-" + container.key() + "-" + random();
        record.seeding(key);
        long generation = container.engine().generation();
        CacheId id = id(key);
        ContainerStep seeded = privileged(root)
                .withMountedCache(VOLUME, id, Optional.empty())
                .withExec(script(Scripts.SEED, container.workdir(), VOLUME));
        Leaf<String> said = seeded.stdout();
        long seconds = seconds(ask(said).get(said));
        container.remember();
        record.live(key);
        volume = new Volume(key, id, generation, 0).settledAt(seconds);
    }

    /** The root with the files as they are on the volume now; the same root if they are. */
    DirectoryId settle(DirectoryId root) {
        Optional<Volume> now = current();
        if (now.isEmpty()) return root;
        Settled settled = settle(root, now.get(), false);
        volume = now.get().settledAt(settled.at());
        return settled.root();
    }

    /** The files are in the root from now on; {@link #forget} follows. Does not wait. */
    void release() {
        volume = null;
    }

    /** Nobody is to look for the volume. */
    void forget() {
        record.clear();
        container.forget();
    }

    /**
     * Takes up the volume that another JVM left, or that this one had in an engine that is gone.
     *
     * @param root with the files as the host has them
     * @return whether the engine still has it
     */
    boolean resume(DirectoryId root) {
        Optional<String> left = record.live();
        if (left.isEmpty()) {
            release();
            forget();
            return false;
        }
        long generation = container.engine().generation();
        var found = new Volume(left.get(), id(left.get()), generation, 0);
        if (settle(root, found, true).isEmpty()) {
            lost();
            return false;
        }
        volume = found;
        return true;
    }

    /** The engine that had the volume is gone, and the volume with it unless the next one finds it. */
    private void lost() {
        release();
        forget();
        container.tell(new SandboxNotice(
                SandboxNotice.Kind.LOST,
                Reason.of(
                        "dagger.live-files-lost",
                        "The engine no longer has the files that programs were working on; what they wrote after the last time"
                                + " that files came back is lost",
                        "start the programs again")));
    }

    /** Takes paths away from the volume, and copies a directory over it. */
    void put(DirectoryId root, Optional<DirectoryId> staged, List<String> removed) {
        Volume now = current().orElseThrow(() -> new IllegalStateException("The files are not on a volume"));
        ContainerStep step = privileged(root).withMountedCache(VOLUME, now.id(), Optional.empty());
        if (staged.isPresent()) step = step.withMountedDirectory(STAGED, staged.get(), container.owner());
        for (int from = 0; from < removed.size(); from += PATHS_AT_ONCE) {
            List<String> some = removed.subList(from, Math.min(removed.size(), from + PATHS_AT_ONCE));
            step = step.withExec(put("-", some));
        }
        if (staged.isPresent()) step = step.withExec(put(STAGED, List.of()));
        else if (removed.isEmpty()) return;
        ask(step.sync());
    }

    private static ExecOptions put(String staged, List<String> removed) {
        var args = new ArrayList<>(List.of(VOLUME, staged));
        args.addAll(removed);
        return script(Scripts.PUT, args.toArray(String[]::new));
    }

    /**
     * What a look at a volume gave.
     *
     * @param at when it began, in seconds of the engine's clock
     * @param isEmpty whether nothing was there, which was not believed
     */
    private record Settled(DirectoryId root, long at, boolean isEmpty) {}

    private Settled settle(DirectoryId root, Volume from, boolean guarded) {
        ContainerStep settled = privileged(root)
                .withMountedCache(VOLUME, from.id(), Optional.empty())
                .withMountedTemp(LISTS, OptionalLong.empty())
                .withExec(script(
                        Scripts.SETTLE,
                        VOLUME,
                        container.workdir(),
                        Long.toString(Math.max(0, from.since())),
                        LISTS,
                        guarded ? "guard" : ""));
        Leaf<String> said = settled.stdout();
        Leaf<DirectoryId> next = settled.withoutMount(VOLUME)
                .withoutMount(LISTS)
                .rootfs()
                .withoutDirectory(VOLUME)
                .withoutDirectory(LISTS)
                .sync();
        Answers answers = ask(said, next);
        String[] lines = answers.get(said).strip().split("\n", -1);
        boolean empty = lines.length > 1 && lines[1].equals("empty");
        boolean same = lines.length == 1 || empty;
        return new Settled(same ? root : answers.get(next), seconds(lines[0]), empty);
    }

    /** Whoever the session's commands run as, files keep their owners. */
    private static ContainerStep privileged(DirectoryId root) {
        return Graph.container()
                .withRootfs(root)
                .withUser("0")
                .withEnvVariable("PATH", PATH)
                .withEnvVariable("TRAILS_OP", UUID.randomUUID().toString());
    }

    private static ExecOptions script(Scripts script, String... arguments) {
        var args = new ArrayList<>(List.of("/bin/sh", "-c", script.text(), "trails"));
        args.addAll(List.of(arguments));
        return ExecOptions.of(args);
    }

    private CacheId id(String key) {
        Leaf<CacheId> id = Graph.cacheVolume(key).id();
        return ask(id).get(id);
    }

    private Answers ask(Leaf<?>... leaves) {
        EngineConnection engine = container.engine();
        try {
            return engine.ask(PATIENCE, leaves);
        } catch (ExecFailure e) {
            throw new TrailsException(
                    "dagger.settle-failed",
                    "The session's files could not be moved between its container and the volume where programs work on them;"
                            + " see that the image has cp, find, cmp, stat, rm, mkdir, chown and chmod, and the engine room",
                    e);
        }
    }

    private static long seconds(String said) {
        try {
            return Long.parseLong(said.strip());
        } catch (NumberFormatException e) {
            throw new TrailsException(
                    "dagger.settle-failed", "The session's image has no 'date' that tells the time in seconds", e);
        }
    }

    private static String random() {
        var bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
