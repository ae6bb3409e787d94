/** Linux's control groups, version 2: where a session may have one, and what it does there. */
@NullMarked
package io.trails.internal.host.cgroup;

import org.jspecify.annotations.NullMarked;
