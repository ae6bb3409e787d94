package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One look at a workspace. Immutable.
 *
 * @param excluded patterns for an upload that leave exactly the manifest: the top-most paths that are not in it
 * @param skipped what could have been the session's but cannot be uploaded
 * @param warning that the workspace is big, and what is biggest in it
 */
public record TreeScan(
        Manifest manifest,
        List<String> excluded,
        List<Skipped> skipped,
        long bytes,
        long files,
        Optional<Reason> warning) {
    public TreeScan {
        excluded = List.copyOf(excluded);
        skipped = List.copyOf(skipped);
    }

    /**
     * Walks a workspace once, without following links.
     *
     * @throws io.trails.TrailsException {@code dagger.workspace-too-big}, saying what is biggest;
     *     {@code dagger.workspace-unreadable} if there is no such directory
     */
    public static TreeScan of(Path root, FileSelection selection, Bounds bounds) {
        return new TreeWalk(root, selection, bounds).scan();
    }

    /** What a user did since an earlier look. What may not be read, and is as it was then, was not removed. */
    public HostDelta since(Manifest before, Path root) {
        HostDelta delta = before.compare(manifest);
        if (delta.removed().isEmpty() || skipped.isEmpty()) return delta;
        var stamps = new StampReader(root);
        return delta.without(skipped.stream()
                .map(Skipped::path)
                .filter(path -> isAsBefore(before, stamps, root, path))
                .collect(Collectors.toSet()));
    }

    private static boolean isAsBefore(Manifest before, StampReader stamps, Path root, String path) {
        Optional<FileStamp> then = before.get(path);
        if (then.isEmpty()) return false;
        try {
            return stamps.find(root.resolve(path)).filter(then.get()::sameAs).isPresent();
        } catch (IOException unreachable) {
            return false;
        }
    }
}
