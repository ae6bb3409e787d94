package io.trails.dagger.internal.files;

import io.trails.Reason;
import io.trails.TrailsException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Adds up a workspace while it is walked. Single-threaded. */
final class TreeSize {
    private static final long MEBIBYTE = 1 << 20;
    private static final int NAMED = 3;

    private final Path root;
    private final Bounds bounds;
    private final Map<String, Top> tops = new HashMap<>();
    private Top latest = new Top("");
    private long bytes;
    private long files;

    TreeSize(Path root, Bounds bounds) {
        this.root = root;
        this.bounds = bounds;
    }

    /** @throws TrailsException {@code dagger.workspace-too-big} */
    void add(String path, FileStamp stamp) {
        if (stamp.type() == FileType.DIRECTORY) return;
        Top top = top(path);
        bytes += stamp.size();
        files++;
        top.bytes += stamp.size();
        top.files++;
        if (bytes > bounds.bytes() || files > bounds.files()) {
            throw new TrailsException(
                    "dagger.workspace-too-big",
                    "What belongs to the session in " + root + " is more than " + exceeded() + "; biggest so far: "
                            + biggest() + ". Ignore or exclude what the session does not need");
        }
    }

    private String exceeded() {
        return bytes > bounds.bytes()
                ? "the " + bounds.bytes() / MEBIBYTE + " MiB that upload_limit_mb allows"
                : "the " + bounds.files() + " files that a container can take";
    }

    /** Most files follow another one of the same directory. */
    private Top top(String path) {
        if (latest.name.endsWith("/") && path.startsWith(latest.name)) return latest;
        int end = path.indexOf('/');
        latest = tops.computeIfAbsent(end < 0 ? path : path.substring(0, end + 1), Top::new);
        return latest;
    }

    void remove(FileStamp stamp) {
        bytes -= stamp.size();
        files--;
    }

    long bytes() {
        return bytes;
    }

    long files() {
        return files;
    }

    Optional<Reason> warning() {
        if (bytes <= bounds.manyBytes() && files <= bounds.manyFiles()) return Optional.empty();
        return Optional.of(Reason.of(
                "dagger.workspace-big",
                "The workspace is big: " + text(bytes, files) + "; biggest: " + biggest(),
                "Ignore or exclude what the session does not need"));
    }

    private String biggest() {
        boolean byFiles = bytes <= bounds.bytes() && bytes <= bounds.manyBytes();
        Comparator<Top> bySize = Comparator.comparingLong(top -> byFiles ? top.files : top.bytes);
        return tops.values().stream()
                .sorted(bySize.reversed())
                .limit(NAMED)
                .map(top -> top.name + " (" + text(top.bytes, top.files) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String text(long bytes, long files) {
        return bytes / MEBIBYTE + " MiB in " + files + " files";
    }

    /** What is at the root of the workspace, and all that is in it. */
    private static final class Top {
        final String name;
        long bytes;
        long files;

        Top(String name) {
            this.name = name;
        }
    }
}
