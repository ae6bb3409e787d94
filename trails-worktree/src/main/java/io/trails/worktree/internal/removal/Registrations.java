package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import java.io.IOException;

/** Mends what others did to the registration of a session's worktree. */
final class Registrations {
    private Registrations() {}

    /** Registers a tree again whose link says that it was. What its index and its history said is lost. */
    static void restore(Site site) throws IOException {
        if (site.isRegistered() || Site.isDirectory(site.retired()) || !Site.isDirectory(site.root())) return;
        if (Registered.link(site.root(), site.administration()) != Registered.Link.OURS) return;
        var entry = new Entry(site.plan());
        entry.register();
        TreeGit git = site.git();
        if (git.find("HEAD^{commit}").isEmpty()) {
            git.run("update-ref", "--no-deref", "HEAD", site.plan().base());
        }
        git.run("read-tree", "HEAD");
        entry.reached(Step.READY);
    }
}
