package io.trails.daggerdouble.run;

import io.trails.daggerdouble.tree.Blob;
import io.trails.daggerdouble.tree.Dir;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command left.
 *
 * @param mounts the trees that were mounted, by their place
 */
public record Outcome(Dir root, Map<Path, Dir> mounts, int exitCode, Blob stdout, Blob stderr) {}
