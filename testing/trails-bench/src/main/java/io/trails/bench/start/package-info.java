/** The two programs whose start-up is compared. They use nothing else of this module: each becomes a jar of its own. */
@NullMarked
package io.trails.bench.start;

import org.jspecify.annotations.NullMarked;
