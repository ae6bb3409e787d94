/** The built-in workspace: the project directory itself. */
@NullMarked
package io.trails.internal.workspace;

import org.jspecify.annotations.NullMarked;
