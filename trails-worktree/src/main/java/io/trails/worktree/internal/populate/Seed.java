package io.trails.worktree.internal.populate;

import java.nio.file.Path;

/**
 * One file to copy. Immutable.
 *
 * @param entry what the commit and the source's index have
 * @param from in the source
 * @param to in the new tree; its directory exists
 */
record Seed(IndexEntry entry, Path from, Path to) {}
