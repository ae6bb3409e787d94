/**
 * Benchmarks of trails, each against a baseline of the same run. One class per row of the report; its method
 * {@code trails} is measured against its method {@code baseline}.
 */
@NullMarked
package io.trails.bench;

import org.jspecify.annotations.NullMarked;
