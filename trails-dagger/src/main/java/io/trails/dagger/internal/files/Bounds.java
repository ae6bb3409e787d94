package io.trails.dagger.internal.files;

/**
 * How big a workspace may be. Immutable.
 *
 * @param bytes more than this many are refused
 * @param files more than this many are refused
 * @param manyBytes more than this many earn a warning
 * @param manyFiles more than this many earn a warning
 */
public record Bounds(long bytes, long files, long manyBytes, long manyFiles) {
    public static Bounds usual() {
        return new Bounds(8L << 30, 1_000_000, 1L << 30, 100_000);
    }
}
