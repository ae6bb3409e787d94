package io.trails.dagger.internal.connection;

/**
 * A connection ended that nobody closed.
 *
 * @param choice whose engine it led to
 * @param generation of the connection
 * @param cause what was noticed
 */
public record EngineLoss(EngineChoice choice, long generation, EngineLostException cause) {}
