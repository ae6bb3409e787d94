/** What is remembered of sessions between calls, processes and crashes. */
@NullMarked
package io.trails.internal.state;

import org.jspecify.annotations.NullMarked;
