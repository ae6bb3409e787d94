package io.trails;

import java.nio.file.Path;
import java.util.Objects;

/** What a container starts from. Immutable. */
public sealed interface ContainerBase {
    /**
     * An image of a registry, which the engine fetches.
     *
     * @param address such as {@code debian:12-slim}, best with a digest: {@code debian@sha256:...}
     * @return the base
     */
    static ContainerBase image(String address) {
        return new Image(address);
    }

    /**
     * A directory of this host that has a whole root file system.
     *
     * @param directory absolute
     * @return the base
     */
    static ContainerBase rootfs(Path directory) {
        return new Rootfs(directory);
    }

    /**
     * An image in an archive of this host, as the OCI image layout describes it, in a tar file.
     *
     * @param file absolute
     * @return the base
     */
    static ContainerBase archive(Path file) {
        return new Archive(file);
    }

    /**
     * An image of a registry.
     *
     * @param address as the engine understands it
     */
    record Image(String address) implements ContainerBase {
        /** Checks the address. */
        public Image {
            Objects.requireNonNull(address, "address");
            if (address.isBlank() || address.startsWith("-") || address.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("No address of an image: '" + address + "'");
            }
        }
    }

    /**
     * A root file system.
     *
     * @param directory absolute
     */
    record Rootfs(Path directory) implements ContainerBase {
        /** Checks the path. */
        public Rootfs {
            Objects.requireNonNull(directory, "directory");
            requireAbsolute(directory);
        }
    }

    /**
     * An archive with an image.
     *
     * @param file absolute
     */
    record Archive(Path file) implements ContainerBase {
        /** Checks the path. */
        public Archive {
            Objects.requireNonNull(file, "file");
            requireAbsolute(file);
        }
    }

    private static void requireAbsolute(Path path) {
        if (!path.isAbsolute()) throw new IllegalArgumentException("Not absolute: " + path);
    }
}
