package io.trails.dagger.internal.files;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A manifest that outlives its process. What fails only leaves an older one or none, with which more is a conflict and nothing is
 * overwritten, so nothing here throws. Single-threaded.
 *
 * <p>Nothing is forced to the disk: what a power cut tears is found to be damaged.
 */
public final class KeptManifest {
    private final Path whole;
    /** What changed since the whole was written, which costs as much as there is. */
    private final Path recent;

    private @Nullable Manifest last;
    private long id;

    /**
     * Touches nothing.
     *
     * @param directory of the session's own files
     * @param name of a file there, and the beginning of those beside it
     */
    public KeptManifest(Path directory, String name) {
        whole = directory.resolve(name);
        recent = directory.resolve(name + "-recent");
    }

    /** Replaces what was kept. Costs as much as changed lately, if the manifest follows from the one that was kept last. */
    public void keep(Manifest manifest) {
        Manifest known = last;
        if (known == manifest) return;
        last = null;
        try {
            if (known == null || !known.sharesBaseWith(manifest)) writeWhole(manifest);
            if (!manifest.recent().isEmpty()) write(recent, new ManifestPart(id, manifest.recent()));
            last = manifest;
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptManifest.class).warn("What the host has is not kept in {}", whole, e);
        }
    }

    private void writeWhole(Manifest manifest) throws IOException {
        id = ThreadLocalRandom.current().nextLong();
        var stamps = new TreeMap<String, Optional<FileStamp>>();
        manifest.base().forEach((path, stamp) -> stamps.put(path, Optional.of(stamp)));
        write(whole, new ManifestPart(id, stamps));
    }

    private static void write(Path file, ManifestPart part) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            // By a stream, as a channel would be closed by an interrupt of the calling thread.
            try (var out = new FileOutputStream(draft.toFile())) {
                ManifestCodec.write(out, part);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** What was kept; empty if there is nothing, or nothing that can be believed. */
    public Optional<Manifest> read() {
        if (!Files.exists(whole)) return Optional.empty();
        try {
            ManifestPart kept = part(whole);
            var base = new TreeMap<String, FileStamp>();
            kept.stamps().forEach((path, stamp) -> stamp.ifPresent(known -> base.put(path, known)));
            return Optional.of(Manifest.of(base, changed(kept.id())));
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptManifest.class).warn("What the host had is not known from {}", whole, e);
            return Optional.empty();
        }
    }

    private NavigableMap<String, Optional<FileStamp>> changed(long since) {
        if (!Files.exists(recent)) return new TreeMap<>();
        try {
            ManifestPart kept = part(recent);
            return kept.id() == since ? kept.stamps() : new TreeMap<>();
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptManifest.class)
                    .warn("What changed on the host is not known from {}", recent, e);
            return new TreeMap<>();
        }
    }

    private static ManifestPart part(Path file) throws IOException {
        try (var in = new FileInputStream(file.toFile())) {
            return ManifestCodec.read(in.readAllBytes());
        }
    }

    /** Nothing is kept any more. */
    public void delete() {
        last = null;
        try {
            Files.deleteIfExists(whole);
            Files.deleteIfExists(recent);
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptManifest.class).warn("What the host had stays behind in {}", whole, e);
        }
    }
}
