package io.trails.dagger.internal.graph;

import java.nio.file.Path;

/** A path of the host. A relative one would mean something else to the program in between, which has a directory of its own. */
final class HostPath {
    private HostPath() {}

    static Argument argument(Path path) {
        if (!path.isAbsolute()) throw new IllegalArgumentException("The path " + path + " is not absolute");
        return Argument.text("path", path.toString());
    }
}
