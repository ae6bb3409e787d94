/** The built-in sandbox: processes of the host. */
@NullMarked
package io.trails.internal.host;

import org.jspecify.annotations.NullMarked;
