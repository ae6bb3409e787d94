package io.trails.internal.workspace;

/**
 * Tells whether a file was written so shortly before a moment that one more write may leave it the same time. File
 * systems count time in ticks of milliseconds, some of them in seconds.
 *
 * @param now nanoseconds since the epoch, by the file system's own clock where it is known
 */
record Freshness(long now) {
    private static final long SECOND = 1_000_000_000L;
    private static final long FINE_TICK = SECOND / 10;
    private static final long COARSE_TICK = 2 * SECOND;

    boolean isRecent(FileStamp stamp) {
        long written = Math.max(stamp.mtime(), stamp.ctime());
        return written >= now - (written % SECOND == 0 ? COARSE_TICK : FINE_TICK);
    }
}
