/** Runs the git program: argument lists, a scrubbed environment, deadlines, and nothing of its texts interpreted. */
@NullMarked
package io.trails.worktree.internal.git;

import org.jspecify.annotations.NullMarked;
