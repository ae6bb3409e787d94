package io.trails.dagger.internal.live;

import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.spi.SandboxNotice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The session's container as live programs need it. Thread-safe. */
public interface LiveContainer {
    /** The connection that all ids of {@link #change} belong to, opened again if it was lost. */
    EngineConnection engine();

    /** Tells the session from all others that an engine may ever have; lower-case letters, digits and hyphens. */
    String key();

    /** Where the session's own files are on the host. */
    Path directory();

    /** Where the session's files are in the container; absolute. */
    String workdir();

    /** A container over that root with what the recipe says: user, variables, secrets, cache volumes, services. */
    ContainerStep over(DirectoryId root);

    /** The user that commands run as, and optionally its group, as the engine's {@code owner} arguments name them. */
    Optional<String> owner();

    /** The root as it is now, without waiting for a turn. */
    DirectoryId root();

    /**
     * Replaces the root, in turn with the session's commands, and returns when that is done. The change may ask the engine; if it
     * throws, the root stays as it was.
     */
    void change(UnaryOperator<DirectoryId> change);

    /** Settles the session's files in the root and brings them back to the host where that is due. Throws nothing. */
    void bringBack();

    /**
     * The same while they lie on a volume, and what follows in the same turn if everything came. Throws what kept them away.
     *
     * @param then leaves the volume
     */
    void bringHome(Runnable then);

    /**
     * Keeps on the host what it has of the session's files, which lie on a volume from now on, and anew whenever some come back.
     * In the session's turn. Throws nothing.
     */
    void remember();

    /** The files lie on no volume any more. */
    void forget();

    void tell(SandboxNotice notice);
}
