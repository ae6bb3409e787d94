package io.trails.dagger.internal.live;

import io.trails.dagger.internal.graph.ContainerStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The scripts that run in containers. */
enum Scripts {
    BRIDGE("bridge.sh"),
    PERL("connect.pl"),
    PYTHON("connect.py"),
    PROBE("probe.sh"),
    SEED("seed.sh"),
    SETTLE("settle.sh"),
    PUT("put.sh");

    /** Where they lie in a container. */
    static final String FOLDER = "/.trails/live";

    private static final int READABLE = 0644;

    private final String file;

    Scripts(String file) {
        this.file = file;
    }

    String path() {
        return FOLDER + "/" + file;
    }

    ContainerStep in(ContainerStep container) {
        return container.withNewFile(path(), text(), READABLE, Optional.empty());
    }

    String text() {
        try (InputStream in = Scripts.class.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException("trails-dagger was packaged without " + file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("trails-dagger cannot read its own " + file, e);
        }
    }
}
