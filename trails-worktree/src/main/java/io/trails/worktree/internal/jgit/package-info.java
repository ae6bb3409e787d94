/**
 * Worktrees without a git program, for repositories in which JGit loses nothing: a few operations, done with care, and a refusal
 * by name for all others. Nothing here collects garbage: JGit's collector does not see what belongs to other worktrees.
 */
@NullMarked
package io.trails.worktree.internal.jgit;

import org.jspecify.annotations.NullMarked;
