/** A sandbox of one's own, as a model for authors of providers. */
@NullMarked
package io.trails.examples.bubblewrap;

import org.jspecify.annotations.NullMarked;
