/** Where settings come from, and what surrounds the host. */
@NullMarked
package io.trails.internal.settings;

import org.jspecify.annotations.NullMarked;
