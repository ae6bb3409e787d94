package io.trails.tck;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A directory tree as it is at one moment, to be compared with how it is later. Immutable. */
final class TreePicture {
    /** What git keeps for itself; a workspace on git may write there, but these two are the user's. */
    private static final List<String> USERS_PART_OF_GIT = List.of(".git/HEAD", ".git/index");

    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_LOOKS = 50;

    private final Map<String, String> entries = new TreeMap<>();

    private TreePicture() {}

    /** Everything, with content, permissions and the time of the last modification of each file. */
    static TreePicture of(Path root) throws IOException {
        var picture = new TreePicture();
        for (Path path : walk(root)) picture.entries.put(key(root, path), describe(path));
        return picture;
    }

    /** The same without what git keeps for itself. */
    static TreePicture ofUsersFiles(Path root) throws IOException {
        TreePicture picture = of(root);
        picture.entries.keySet().removeIf(key -> key.startsWith(".git/") && !USERS_PART_OF_GIT.contains(key));
        return picture;
    }

    /** Links, folders, and files with their content, whether they can be executed, and nothing of git's. */
    static TreePicture ofContents(Path root) throws IOException {
        var picture = new TreePicture();
        for (Path path : walk(root)) {
            boolean gits = key(root, path).matches("(.*/)?\\.git(/.*)?");
            if (!gits) picture.entries.put(key(root, path), describeContent(path));
        }
        return picture;
    }

    /** Which paths exist, whatever is in them. */
    static TreePicture ofNames(Path root) throws IOException {
        var picture = new TreePicture();
        for (Path path : walk(root)) picture.entries.put(key(root, path), "");
        return picture;
    }

    /** The same once nobody has written for a moment: a provider may finish its bookkeeping in the background. */
    static TreePicture ofSettledNames(Path root) throws IOException {
        TreePicture last = ofNames(root);
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            LockSupport.parkNanos(QUIET_NANOS);
            TreePicture next = ofNames(root);
            if (next.equals(last)) return next;
            last = next;
        }
        return last;
    }

    private static String key(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static List<Path> walk(Path root) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                all.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }

            /** What somebody removes meanwhile is not there. */
            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw failure;
            }
        });
        return all;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) return "link to " + Files.readSymbolicLink(path);
        if (Files.isDirectory(path)) return "folder " + permissions(path);
        if (!Files.isRegularFile(path)) return "special file";
        byte[] content = Files.readAllBytes(path);
        return "file " + permissions(path) + " " + Files.getLastModifiedTime(path) + " " + content.length
                + " bytes, hash " + Arrays.hashCode(content);
    }

    private static String describeContent(Path path) throws IOException {
        if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) return "folder";
        if (Files.isSymbolicLink(path) || !Files.isRegularFile(path)) return describe(path);
        byte[] content = Files.readAllBytes(path);
        return (Files.isExecutable(path) ? "program " : "file ") + content.length + " bytes, hash "
                + Arrays.hashCode(content);
    }

    private static String permissions(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) return "";
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                .sorted()
                .toList()
                .toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePicture that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** What differs, one line each; empty if nothing does. */
    List<String> differencesTo(TreePicture later) {
        List<String> lines = new ArrayList<>();
        for (String key : pathsDifferingFrom(later)) {
            lines.add(key + ": " + entries.get(key) + " -> " + later.entries.get(key));
        }
        return lines;
    }

    Set<String> pathsDifferingFrom(TreePicture later) {
        var all = new TreeSet<>(entries.keySet());
        all.addAll(later.entries.keySet());
        all.removeIf(key -> Objects.equals(entries.get(key), later.entries.get(key)));
        return all;
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
