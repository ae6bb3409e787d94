package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.lock.RepositoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Mends what others did to the registration of a session's worktree. */
public final class Registrations {
    private Registrations() {}

    /** Registers a tree again whose link says that it was. */
    static void restore(Site site) throws IOException {
        if (site.isRegistered() || Site.isDirectory(site.retired()) || !Site.isDirectory(site.root())) return;
        if (Registered.link(site.root(), site.administration()) != Registered.Link.OURS) return;
        String key = site.plan().key();
        Path staged = site.own().resolve("restored");
        TreeDeletion.delete(staged);
        Files.createDirectories(staged);
        Files.writeString(staged.resolve(Registered.LOCKED), "trails:" + key);
        Files.writeString(staged.resolve(Registered.MARKER), key + "\n");
        Files.writeString(staged.resolve("gitdir"), site.root().resolve(".git") + "\n");
        Files.writeString(staged.resolve("commondir"), "../..\n");
        boolean branched = site.git().find(site.branch()).isPresent();
        String head = branched ? "ref: " + site.branch() : site.plan().base();
        Files.writeString(staged.resolve("HEAD"), head + "\n");
        Files.createDirectories(site.administration().getParent());
        try (RepositoryLock lock = RepositoryLock.acquire(site.common())) {
            Files.move(staged, site.administration(), StandardCopyOption.ATOMIC_MOVE);
        }
        site.git().run("read-tree", "HEAD");
    }
}
