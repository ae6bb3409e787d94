package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.live.LiveContainer;
import io.trails.spi.SandboxNotice;
import io.trails.spi.SandboxUnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/** A session's container as its live programs see it. Thread-safe. */
final class LiveSide implements LiveContainer {
    private final SessionContainer container;

    LiveSide(SessionContainer container) {
        this.container = container;
    }

    private Surroundings with() {
        return container.surroundings();
    }

    @Override
    public EngineConnection engine() {
        return with().engine().get();
    }

    @Override
    public String key() {
        return with().plan().key();
    }

    @Override
    public Path directory() {
        return with().plan().own();
    }

    @Override
    public String workdir() {
        return with().plan().recipe().workdir();
    }

    @Override
    public ContainerStep over(DirectoryId root) {
        return container.now().container().over(root);
    }

    @Override
    public Optional<String> owner() {
        return container.now().container().owner();
    }

    @Override
    public DirectoryId root() {
        return container.now().root();
    }

    @Override
    public void change(UnaryOperator<DirectoryId> change) {
        container.change(change);
    }

    @Override
    public void bringBack() {
        try {
            container.bringBack();
        } catch (SandboxUnreachableException away) {
            LoggerFactory.getLogger(LiveSide.class).debug("The files of {} did not come back for now", key(), away);
        } catch (RuntimeException | Error failed) {
            if (isRemoved(failed)) return;
            LoggerFactory.getLogger(LiveSide.class).warn("The files of {} did not come back for now", key(), failed);
        }
    }

    @Override
    public void bringHome(Runnable then) {
        try {
            container.wayHome().take(then);
        } catch (RuntimeException failed) {
            if (!isRemoved(failed)) throw failed;
        }
    }

    /** Whether the session is gone, so that its files have nowhere to come back to. */
    private boolean isRemoved(Throwable failed) {
        if (Files.exists(directory().resolve(Sessions.CREATED))) return false;
        LoggerFactory.getLogger(LiveSide.class).debug("{} was removed while files came back", key(), failed);
        return true;
    }

    @Override
    public void remember() {
        container.standing().ifPresent(now -> container.files().seen().keep(now.manifest()));
    }

    @Override
    public void forget() {
        container.files().seen().delete();
    }

    @Override
    public void tell(SandboxNotice notice) {
        with().notices().accept(notice);
    }
}
