/**
 * Contract tests that the author of a trails provider extends.
 *
 * <p>Still empty: the contracts arrive together with the first providers.
 */
@NullMarked
package io.trails.tck;

import org.jspecify.annotations.NullMarked;
