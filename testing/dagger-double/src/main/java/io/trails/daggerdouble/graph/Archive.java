package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.tree.Blobs;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Disk;
import io.trails.daggerdouble.tree.Layers;
import io.trails.daggerdouble.tree.Sha;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Archives of images: written as an OCI layout, read as that or as Docker saves them. */
final class Archive {

    private static final String OCI = "application/vnd.oci.image.";

    private final Blobs blobs;
    private final Path scratch;

    /** An image read from an archive. */
    record Read(Dir root, Map<?, ?> config) {}

    Archive(Blobs blobs, Path scratch) {
        this.blobs = blobs;
        this.scratch = scratch;
    }

    /** Writes an archive into the folder and gives its file. */
    Path write(Dir root, Spec spec, List<String> history) throws IOException {
        Path tree = scratch.resolve("tree");
        Disk.write(blobs, root, tree);
        Path plain = scratch.resolve("layer.tar");
        tar(
                "-cf",
                plain,
                tree,
                root.children().keySet().stream().map(Path::toString).toList());
        Path layout = Files.createDirectories(scratch.resolve("layout/blobs/sha256"));
        Path packed = scratch.resolve("layer.tar.gz");
        try (InputStream in = Files.newInputStream(plain);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            in.transferTo(out);
        }
        Map<String, Object> layer = keep(layout, packed, OCI + "layer.v1.tar+gzip");
        Map<String, Object> config =
                keep(layout, json("config", config(spec, history, "sha256:" + Sha.of(plain))), OCI + "config.v1+json");
        Map<String, Object> manifest = keep(
                layout,
                json(
                        "manifest",
                        Map.of(
                                "schemaVersion",
                                2,
                                "mediaType",
                                OCI + "manifest.v1+json",
                                "config",
                                config,
                                "layers",
                                List.of(layer))),
                OCI + "manifest.v1+json");
        Path top = scratch.resolve("layout");
        Files.writeString(top.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                top.resolve("index.json"), Json.write(Map.of("schemaVersion", 2, "manifests", List.of(manifest))));
        // What Docker reads.
        Map<String, Object> image =
                Map.of("Config", place(config), "RepoTags", List.of(), "Layers", List.of(place(layer)));
        Files.writeString(top.resolve("manifest.json"), Json.write(List.of(image)));
        Path archive = scratch.resolve("image.tar");
        tar("-cf", archive, top, List.of("oci-layout", "index.json", "manifest.json", "blobs"));
        return archive;
    }

    private static String place(Map<String, Object> descriptor) {
        return "blobs/" + String.valueOf(descriptor.get("digest")).replace(':', '/');
    }

    Read read(Path archive) throws IOException {
        Path layout = Files.createDirectories(scratch.resolve("layout"));
        tar("-xf", archive, layout, List.of());
        List<Path> layers = new ArrayList<>();
        Path config;
        if (Files.exists(layout.resolve("index.json"))) {
            Map<?, ?> manifest = manifest(layout, layout.resolve("index.json"));
            config = blob(layout, map(manifest.get("config")));
            list(manifest.get("layers")).forEach(layer -> layers.add(blob(layout, map(layer))));
        } else if (Files.exists(layout.resolve("manifest.json"))) {
            Map<?, ?> image = map(list(parse(layout.resolve("manifest.json"))).get(0));
            config = layout.resolve(String.valueOf(image.get("Config")));
            list(image.get("Layers")).forEach(layer -> layers.add(layout.resolve(layer.toString())));
        } else {
            throw new IOException("neither index.json nor manifest.json in the archive");
        }
        Dir root = Dir.EMPTY;
        for (Path layer : layers) {
            Path unpacked = Files.createDirectories(scratch.resolve("layer" + layers.indexOf(layer)));
            tar("-xf", layer, unpacked, List.of());
            root = Disk.take(blobs, unpacked) instanceof Dir tree ? Layers.apply(root, tree) : root;
        }
        return new Read(root, map(map(parse(config)).get("config")));
    }

    private static Map<?, ?> manifest(Path layout, Path index) throws IOException {
        Map<?, ?> read = map(parse(index));
        return read.get("manifests") instanceof List<?> manifests
                ? manifest(layout, blob(layout, map(manifests.get(0))))
                : read;
    }

    private static Path blob(Path layout, Map<?, ?> descriptor) {
        String digest = String.valueOf(descriptor.get("digest"));
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static @Nullable Object parse(Path file) throws IOException {
        return Json.read(Files.readString(file).strip());
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private Path json(String name, Object value) throws IOException {
        return Files.writeString(scratch.resolve(name), Json.write(value));
    }

    private static Map<String, Object> keep(Path layout, Path file, String type) throws IOException {
        String sha = Sha.of(file);
        long size = Files.size(file);
        Files.move(file, layout.resolve(sha));
        return Map.of("mediaType", type, "digest", "sha256:" + sha, "size", size);
    }

    private static Map<String, Object> config(Spec spec, List<String> history, String layer) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(
                "Env",
                spec.env.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .toList());
        config.put("User", spec.user);
        config.put("WorkingDir", spec.workdir.toString());
        config.put("Entrypoint", spec.entrypoint);
        config.put("Cmd", spec.defaultArgs);
        config.put("Labels", spec.labels);
        return Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "config",
                config,
                "history",
                history(history),
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of(layer)));
    }

    /** All files are in the one layer of the last. */
    private static List<Map<String, Object>> history(List<String> layers) {
        List<Map<String, Object>> history = new ArrayList<>();
        for (String createdBy : layers) {
            boolean empty = history.size() < layers.size() - 1;
            history.add(Map.of("created_by", createdBy, "empty_layer", empty));
        }
        return history;
    }

    private static void tar(String mode, Path archive, Path folder, List<String> names) throws IOException {
        List<String> line = new ArrayList<>(List.of("tar", mode, archive.toString(), "-C", folder.toString()));
        line.addAll(
                mode.equals("-cf")
                        ? List.of("--owner=0", "--group=0", "--numeric-owner", "--")
                        : List.of("--no-same-owner", "-p"));
        line.addAll(names);
        Process tar = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tar.onExit().join().exitValue() != 0) {
            throw new IOException("tar: " + said.strip());
        }
    }
}
