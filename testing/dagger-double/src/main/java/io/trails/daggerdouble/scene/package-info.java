/** What a test sets and sees: the release, the images, the failures to play, the traffic. */
@NullMarked
package io.trails.daggerdouble.scene;

import org.jspecify.annotations.NullMarked;
