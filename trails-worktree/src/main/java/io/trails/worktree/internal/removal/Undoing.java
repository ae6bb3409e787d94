package io.trails.worktree.internal.removal;

import io.trails.Reason;
import io.trails.RemovalReport;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.lock.RepositoryLock;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Takes back what a session's creation made, in an order in which each step can be the last and the next call goes on. */
final class Undoing {
    private final Site site;
    private final Step.Observer steps;

    Undoing(Site site, Step.Observer steps) {
        this.site = site;
        this.steps = steps;
    }

    /** Takes the registration out of git's sight. @return whether there is one, or was one before a crash */
    boolean deregister() throws IOException {
        if (site.isRegistered()) {
            Files.createDirectories(site.own());
            TreeDeletion.delete(site.retired());
            RepositoryLock lock = RepositoryLock.acquire(site.common());
            try {
                Files.move(site.administration(), site.retired(), StandardCopyOption.ATOMIC_MOVE);
                Trees.deleteIfEmpty(site.common().resolve("worktrees"));
            } finally {
                lock.close();
            }
            steps.reached(Step.DEREGISTERED);
            return true;
        }
        return Site.isDirectory(site.retired());
    }

    /** The branch goes only as it was looked at. */
    void deleteRefs(SessionRefTable refs, List<RemovalReport.Item> removed, List<RemovalReport.Item> stays)
            throws IOException {
        var commands = new ArrayList<String>();
        Optional<Ref> branch = refs.branch();
        String named = "branch '" + site.plan().branch() + "'";
        if (branch.isPresent() && isCheckedOut(branch.get())) {
            stays.add(new RemovalReport.Item(
                    named, Reason.of("worktree.branch-elsewhere", "It is checked out in another tree, and stays")));
        } else if (branch.isPresent()) {
            commands.add(deletion(branch.get()));
        }
        refs.start().ifPresent(start -> commands.add(deletion(start)));
        for (Ref checkpoint : refs.checkpoints()) commands.add(deletion(checkpoint));
        for (Ref merge : refs.bookkeeping()) commands.add(deletion(merge));
        if (commands.isEmpty()) return;
        site.git().run(GitCall.of("update-ref", "--stdin").input(String.join("", commands)));
        if (branch.isPresent() && commands.contains(deletion(branch.get()))) {
            removed.add(new RemovalReport.Item(
                    named,
                    Reason.of(
                            "worktree.branch-removed",
                            "It was at " + branch.get().target() + ", which is kept")));
        }
    }

    private static String deletion(Ref ref) {
        return "delete " + ref.name() + " " + ref.target() + "\n";
    }

    private boolean isCheckedOut(Ref branch) throws IOException {
        if (isHead(site.common().resolve("HEAD"), branch)) return true;
        try (DirectoryStream<Path> others =
                Files.newDirectoryStream(site.common().resolve("worktrees"))) {
            for (Path other : others) {
                if (!other.equals(site.administration()) && isHead(other.resolve("HEAD"), branch)) return true;
            }
        } catch (NoSuchFileException none) {
            return false;
        }
        return false;
    }

    private static boolean isHead(Path head, Ref branch) throws IOException {
        if (!Files.isRegularFile(head)) return false;
        return new String(Files.readAllBytes(head), StandardCharsets.ISO_8859_1)
                .strip()
                .equals("ref: " + branch.name());
    }

    void deleteFiles(List<RemovalReport.Item> removed, List<RemovalReport.Item> stays) throws IOException {
        boolean there = Site.isDirectory(site.aside());
        TreeDeletion.delete(site.aside());
        steps.reached(Step.FILES_DELETED);
        TreeDeletion.delete(site.own());
        Trees.deleteIfEmpty(site.removals());
        // What a creation that was cut short had prepared.
        new Entry(site.plan()).discard();
        if (there) {
            removed.add(new RemovalReport.Item(
                    site.root().toString(),
                    Reason.of("worktree.removed", "All that was in it is saved or can be made again")));
        }
        if (Files.exists(site.root(), LinkOption.NOFOLLOW_LINKS)) {
            stays.add(new RemovalReport.Item(
                    site.root().toString(),
                    Reason.of("worktree.place-taken", "Somebody made it while the session's tree was removed")));
        }
        Path parent = site.root().getParent();
        if (parent != null
                && parent.getFileName() != null
                && isOurs(parent.getFileName().toString())) {
            Trees.deleteIfEmpty(parent);
        }
    }

    /** What a removal that kept something wrote for itself. */
    void deleteScratch() {
        try {
            if (!Site.isDirectory(site.own()) || Site.isDirectory(site.retired())) return;
            TreeDeletion.delete(site.own());
            Trees.deleteIfEmpty(site.removals());
        } catch (IOException undeleted) {
            LoggerFactory.getLogger(Undoing.class).debug("{} is left", site.own(), undeleted);
        }
    }

    /** The two names that a repository's trees are brought together under. */
    private static boolean isOurs(String parent) {
        return parent.endsWith(".trails") || parent.matches(".+-[0-9a-f]{8}");
    }
}
