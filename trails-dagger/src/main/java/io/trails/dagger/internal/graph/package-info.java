/**
 * What is asked of the Dagger Engine, as values: steps that build containers and directories, the leaves at their ends, and the
 * request that asks for several leaves at once. Nothing here does any I/O.
 */
@NullMarked
package io.trails.dagger.internal.graph;

import org.jspecify.annotations.NullMarked;
