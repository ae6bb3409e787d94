/** What differs between two states of a session's tree: files, lines, a patch. Writes nothing into the repository. */
@NullMarked
package io.trails.worktree.internal.changes;

import org.jspecify.annotations.NullMarked;
