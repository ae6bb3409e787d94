package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.repo.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Finds a place for a tree: beside the repository, where relative paths to its neighbours still lead there, if possible. */
public final class Placement {
    private static final int HASH_DIGITS = 8;
    private static final int MOST = 1_000;

    private final Repository repository;
    private final WorkspaceRequest request;

    public Placement(Repository repository, WorkspaceRequest request) {
        this.repository = repository;
        this.request = request;
    }

    public Path choose() {
        Optional<Path> configured = request.settings().location();
        if (configured.isPresent()) return free(configured(configured.get()));
        Path main = mainTree();
        Optional<Path> parent = Optional.ofNullable(main.getParent());
        if (parent.isPresent()) {
            Path sibling = parent.get().resolve(name(main) + ".trails");
            if (isUsable(sibling) && !isInRepository(parent.get())) return free(sibling);
        }
        return free(UserData.directory(request.environment())
                .resolve("trails")
                .resolve("worktrees")
                .resolve(unique(main)));
    }

    private Path configured(Path location) {
        Path real = real(location.toAbsolutePath().normalize());
        Optional<Path> top = repository.topLevel();
        if ((top.isPresent() && real.startsWith(top.get())) || real.startsWith(repository.commonDirectory())) {
            throw new TrailsException(
                    "worktree.location-unusable",
                    "The configured location " + location + " lies inside the repository, where its worktrees would be"
                            + " files of the project; configure a directory outside");
        }
        return real.resolve(unique(mainTree()));
    }

    /** The first tree of the repository, or what stands for it. */
    private Path mainTree() {
        Path common = repository.commonDirectory();
        if (!repository.isLinked() && repository.topLevel().isPresent())
            return repository.topLevel().get();
        Path parent = common.getParent();
        return common.endsWith(".git") && parent != null ? parent : common;
    }

    private static String name(Path main) {
        Path last = main.getFileName();
        String name = last == null ? "root" : last.toString();
        return name.endsWith(".git") && name.length() > ".git".length()
                ? name.substring(0, name.length() - ".git".length())
                : name;
    }

    /** Repositories of the same name share the directory. */
    private String unique(Path main) {
        try {
            byte[] path = repository.commonDirectory().toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path);
            return name(main) + "-" + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static boolean isUsable(Path directory) {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS))
            return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(directory);
        Path parent = directory.getParent();
        return parent != null && Files.isWritable(parent);
    }

    /** Whether git would see a tree there as a part of another repository. */
    private static boolean isInRepository(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            boolean bare = Files.isRegularFile(at.resolve("HEAD"))
                    && Files.isDirectory(at.resolve("objects"))
                    && Files.isDirectory(at.resolve("refs"));
            if (bare || Files.exists(at.resolve(".git"))) return true;
        }
        return false;
    }

    private Path free(Path directory) {
        Path base = real(directory);
        for (int number = 1; number <= MOST; number++) {
            Path place = base.resolve(request.sessionId() + (number == 1 ? "" : "-" + number));
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) return place;
        }
        throw new TrailsException(
                "worktree.directory-taken",
                base.resolve(request.sessionId()) + " and its " + MOST
                        + " variants are all taken; delete some, or choose another name for the session");
    }

    /** git writes real paths; what does not exist yet will be no link. */
    private static Path real(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (!Files.exists(at)) continue;
            try {
                return at.toRealPath().resolve(at.relativize(path)).normalize();
            } catch (IOException unreadable) {
                return path;
            }
        }
        return path;
    }
}
