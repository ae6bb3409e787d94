package io.trails.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All files of a directory but those of trails, in memory. Immutable.
 *
 * @param files by path, relative, with '/'
 */
record CopiedFiles(TreeMap<String, byte[]> files) {
    /** @param excluded a directory in it that is nobody's work */
    static CopiedFiles read(Path root, Path excluded) {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(excluded))
                    files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CopiedFiles(files);
    }

    static CopiedFiles read(Path root) {
        return read(root, root.resolve(".trails"));
    }

    Optional<byte[]> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    boolean same(CopiedFiles other, String path) {
        return Arrays.equals(files.get(path), other.files.get(path));
    }

    /** Every path that is in any of them. */
    static List<String> paths(CopiedFiles... all) {
        var paths = new TreeSet<String>();
        for (CopiedFiles each : all) paths.addAll(each.files.keySet());
        return List.copyOf(paths);
    }

    /** Stands for all of it. */
    String id() {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(MessageDigest.getInstance("SHA-1").digest(file.getValue()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Makes a directory have these files and no others; what does not differ is not touched. */
    void writeTo(Path root) {
        try {
            Files.createDirectories(root);
            CopiedFiles there = read(root);
            for (String path : paths(this, there)) {
                if (same(there, path)) continue;
                Path file = root.resolve(path);
                if (!files.containsKey(path)) {
                    Files.delete(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                Files.write(file, files.get(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path root) {
        if (!Files.exists(root)) return;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
