package io.trails.tmux.internal.recording;

/**
 * When output had been printed up to a position.
 *
 * @param micros microseconds since the epoch
 * @param end the position after the last byte printed by then
 */
public record Stamp(long micros, long end) {}
