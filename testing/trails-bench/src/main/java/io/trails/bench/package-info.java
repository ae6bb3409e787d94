/** Benchmarks of trails. */
@NullMarked
package io.trails.bench;

import org.jspecify.annotations.NullMarked;
