/** File trees of containers and directories: immutable, shared and compared by reference, with the contents in one store. */
@NullMarked
package io.trails.daggerdouble.tree;

import org.jspecify.annotations.NullMarked;
