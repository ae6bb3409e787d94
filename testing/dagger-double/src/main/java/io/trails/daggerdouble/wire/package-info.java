/** The command line tool, and what it and the engine tell each other. */
@NullMarked
package io.trails.daggerdouble.wire;

import org.jspecify.annotations.NullMarked;
