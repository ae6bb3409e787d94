/** The append-only, hash-chained log. */
@NullMarked
package io.trails.internal.audit;

import org.jspecify.annotations.NullMarked;
