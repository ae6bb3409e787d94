/** What git and trails keep of a session's worktree in the repository: its administration, and how far its creation came. */
@NullMarked
package io.trails.worktree.internal.register;

import org.jspecify.annotations.NullMarked;
