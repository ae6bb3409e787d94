package io.trails.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a directory with their bytes, whenever they were written; without what git and trails keep there. Immutable.
 *
 * @param files by path, relative, with '/'
 * @param executable those that are
 */
record FileContents(Map<String, ByteBuffer> files, Set<String> executable) {
    private static final Set<String> NOBODYS_WORK = Set.of(".git", ".trails");

    FileContents {
        files = Map.copyOf(files);
        executable = Set.copyOf(executable);
    }

    static FileContents of(Path root) throws IOException {
        var files = new HashMap<String, ByteBuffer>();
        var executable = new HashSet<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skipped = NOBODYS_WORK.contains(directory.getFileName().toString());
                return skipped && !directory.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (NOBODYS_WORK.contains(path)) return FileVisitResult.CONTINUE;
                files.put(path, ByteBuffer.wrap(Files.readAllBytes(file)).asReadOnlyBuffer());
                if (Files.isExecutable(file)) executable.add(path);
                return FileVisitResult.CONTINUE;
            }
        });
        return new FileContents(files, executable);
    }

    /** The file in UTF-8, or nothing if there is none. */
    String text(String path) {
        ByteBuffer content = files.get(path);
        return content == null
                ? ""
                : StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    }

    /** A copy in a new directory. */
    Path writeTo(Path directory) throws IOException {
        for (Map.Entry<String, ByteBuffer> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            byte[] bytes = new byte[file.getValue().remaining()];
            file.getValue().duplicate().get(bytes);
            Files.write(path, bytes);
            if (executable.contains(file.getKey()) && !path.toFile().setExecutable(true)) {
                throw new IOException(path + " cannot be made executable");
            }
        }
        return directory;
    }

    @Override
    public String toString() {
        var shown = new TreeMap<String, String>();
        files.forEach((path, content) -> shown.put(path, content.remaining() + " bytes, hash " + content.hashCode()));
        return shown + ", executable: " + executable;
    }
}
