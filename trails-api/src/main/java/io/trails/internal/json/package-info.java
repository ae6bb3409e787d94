/** JSON as trees with line numbers, over Jackson's streaming parser. No databind: it would double the start-up time. */
@NullMarked
package io.trails.internal.json;

import org.jspecify.annotations.NullMarked;
