/** Runs commands in containers of bubblewrap, over a working copy of their file tree. */
@NullMarked
package io.trails.daggerdouble.run;

import org.jspecify.annotations.NullMarked;
