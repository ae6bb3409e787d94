package io.trails.worktree.internal.removal;

import io.trails.Reason;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** What a worktree's registration and the link in its tree say of whose it is. Immutable. */
record Registered(Optional<String> marker, Optional<String> lock, Optional<Path> registeredTree, Link link) {
    static final String MARKER = "trails";
    static final String LOCKED = "locked";

    /** What stands at {@code .git} in the tree. */
    enum Link {
        OURS,
        ABSENT,
        OTHER
    }

    static Registered look(Site site) {
        try {
            Path administration = site.administration();
            Optional<Path> registered =
                    line(administration.resolve("gitdir"))
                    .flatMap(text -> Optional.ofNullable(
                            administration.resolve(text).normalize().getParent()));
            Link link = site.tree().isPresent() ? link(site.tree().get(), administration) : Link.ABSENT;
            return new Registered(
                    line(administration.resolve(MARKER)), line(administration.resolve(LOCKED)), registered, link);
        } catch (IOException unreadable) {
            throw new TrailsException(
                    "worktree.unreadable",
                    "The registration of " + site.root() + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    static Link link(Path tree, Path administration) throws IOException {
        Path git = tree.resolve(".git");
        if (Files.notExists(git, LinkOption.NOFOLLOW_LINKS)) return Link.ABSENT;
        if (!Files.isRegularFile(git, LinkOption.NOFOLLOW_LINKS)) return Link.OTHER;
        Optional<String> text = line(git).filter(line -> line.startsWith("gitdir: "));
        if (text.isEmpty()) return Link.OTHER;
        Path target = tree.resolve(text.get().substring("gitdir: ".length())).normalize();
        return target.equals(administration) ? Link.OURS : Link.OTHER;
    }

    private static Optional<String> line(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return Optional.empty();
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return Optional.of(new String(Files.readAllBytes(file), names).strip());
    }

    boolean isMarked(String key) {
        return marker.filter(key::equals).isPresent();
    }

    /** Why nothing may be done with it, whatever the policy. */
    Optional<Reason> objection(Site site) {
        if (site.isRegistered() && !isMarked(site.plan().key())) {
            return Optional.of(Reason.of(
                    "worktree.foreign",
                    "The registration " + site.administration() + " is not this session's",
                    "Remove that worktree with git if nobody needs it"));
        }
        if (lock.isPresent() && !lock.get().equals("trails:" + site.plan().key())) {
            return Optional.of(Reason.of(
                    "worktree.locked-by-others",
                    "Somebody locked it: " + lock.get(),
                    "Unlock it with git worktree unlock when it may go"));
        }
        if (link == Link.OTHER) {
            return Optional.of(Reason.of(
                    "worktree.replaced",
                    site.tree().orElse(site.root()) + " is not the tree that was made for the session",
                    "Move it away if it is of use, or delete it"));
        }
        return moved(site);
    }

    private Optional<Reason> moved(Site site) {
        boolean elsewhere = registeredTree
                .filter(tree -> !tree.equals(site.root()) && !tree.equals(site.aside()))
                .filter(Files::exists)
                .isPresent();
        if (!elsewhere || link == Link.OURS) return Optional.empty();
        return Optional.of(Reason.of(
                "worktree.moved",
                "Somebody moved the tree to " + registeredTree.get(),
                "Move it back with git worktree move -f -f, then remove the session again"));
    }
}
