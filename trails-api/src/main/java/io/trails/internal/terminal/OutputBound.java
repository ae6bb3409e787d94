package io.trails.internal.terminal;

import java.time.Duration;

/**
 * How much of a program's output stays on the disk.
 *
 * @param kept how many of the newest bytes stay readable; older ones are given up once they are more than as many again
 * @param pause how long nothing is given up again
 */
record OutputBound(long kept, Duration pause) {}
