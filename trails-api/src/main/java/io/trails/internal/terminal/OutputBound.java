package io.trails.internal.terminal;

/**
 * How much of a program's output stays on the disk.
 *
 * @param kept how many of the newest bytes stay readable; older ones are given up once they are more than as many again
 * @param pauseSeconds how long nobody looks
 */
record OutputBound(long kept, int pauseSeconds) {}
