package io.trails.spi;

import io.trails.BroughtBack;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.TrailsException;
import java.nio.file.Path;
import java.util.List;

/**
 * The copy of the session's files that a sandbox works on, with the state of the system around them. Thread-safe.
 *
 * <p>Where the location is the session's own ({@link SandboxRequest#bringsBack()}), what processes change comes back by itself when
 * a command ends; elsewhere nothing reaches the location until {@link #bringBackAll()}.
 *
 * <p>{@link #pending}, {@link #preview} and {@link #bringBack} do not wait for a command that runs: what it changes comes back when
 * it has ended, and a note may say so. The others may wait for their turn, and can be interrupted. {@link Sandbox#stop()} ends
 * what runs and keeps the copy with what that had written, so that it can still be brought back.
 *
 * <ul>
 *   <li>{@code S-19} What comes back is exactly what processes added, changed, removed or made executable: every type of file that
 *       the location can hold, bytes, links as they are, and nothing else of the location is touched.
 *   <li>{@code S-20} What somebody else changed in the location meanwhile is not overwritten or removed. It is reported as a
 *       conflict, the session's version is kept, and both survive {@code open} in another JVM.
 *   <li>{@code S-21} Without {@link SandboxRequest#bringsBack()} the location is as it was until {@link #bringBackAll()}.
 *   <li>{@code S-22} {@link #bringBackAll()} that meets a conflict, or something that cannot be had, changes nothing.
 *   <li>{@code S-23} {@code .git}, at any depth, and what a hook or configuration of it could make a tool run, never comes back; nor
 *       does anything outside the location, whatever links say.
 *   <li>{@code S-24} What somebody else changes in the location is seen by the next command, unless the session changed it too.
 *   <li>{@code S-25} {@link #restore} brings back the files and the system around them as they were at {@link #checkpoint}, as far as
 *       the sandbox still has them; otherwise it says what it does without.
 *   <li>{@code S-26} What has not come back survives the end of the JVM and of the sandbox's engine, and {@code remove} keeps the
 *       session because of it, unless the policy rescues or forgets.
 * </ul>
 */
public interface SandboxCopy {
    /**
     * What processes changed and is not in the location yet. Writes nothing in the location.
     *
     * @return the changes, with caveats for conflicts and for what could not be known
     */
    Changes pending();

    /**
     * What {@link #bringBackAll()} would do. Writes nothing in the location. A sandbox that sees conflicts beforehand tells them
     * here.
     *
     * @return what would come back, and the conflicts
     */
    default BroughtBack preview() {
        Changes pending = pending();
        return new BroughtBack(pending.files(), List.of(), pending.caveats());
    }

    /**
     * Brings back what can be, also from programs that still run. Conflicts and what cannot be had stay away, and are told again each
     * time until they are settled. Costs next to nothing where nothing runs, and is then also possible where the sandbox's engine
     * cannot be reached.
     *
     * @return what came back and what did not
     * @throws SandboxUnreachableException if there may be more, and it cannot be reached now
     */
    BroughtBack bringBack();

    /**
     * Brings back everything, or nothing if there is a conflict or something cannot be had.
     *
     * @return what came back, or the conflicts and what is withheld
     */
    BroughtBack bringBackAll();

    /**
     * Writes the session's files as they are in the copy, without what is never brought back.
     *
     * @param directory absolute; it must not exist yet, or be empty
     * @throws TrailsException {@code sandbox.export-refused} if it is not
     */
    void export(Path directory);

    /**
     * Writes the whole system with the session's files as an image: the OCI image layout in a tar file.
     *
     * @param archive absolute; it must not exist yet
     * @throws TrailsException {@code sandbox.export-refused} if it does; {@code sandbox.unsupported} if the sandbox has no system of its
     *     own
     */
    void exportImage(Path archive);

    /**
     * Remembers the state as it is now, under the id of a checkpoint that the workspace has taken of the same files or, where the
     * workspace takes none, that the engine has made up. Before a restore, the location may already have the older files.
     *
     * @param checkpoint its id is new
     */
    void checkpoint(Checkpoint checkpoint);

    /**
     * The checkpoints that {@link #checkpoint} was told of.
     *
     * @return oldest first, also after {@code open}
     */
    List<Checkpoint> checkpoints();

    /**
     * Goes back to a checkpoint. Where the workspace takes checkpoints, it has restored the location before. Ends what runs.
     *
     * @param checkpoint one that {@link #checkpoint} was told of, or a later one of the workspace alone
     */
    void restore(Checkpoint checkpoint);
}
