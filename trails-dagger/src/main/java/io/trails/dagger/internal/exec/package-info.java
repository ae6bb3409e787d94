/** One command in a container: what it is given, and how what it wrote and how it ended come back. */
@NullMarked
package io.trails.dagger.internal.exec;

import org.jspecify.annotations.NullMarked;
