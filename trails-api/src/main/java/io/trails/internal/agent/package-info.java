/** What an agent is doing, and how it is given a text. */
@NullMarked
package io.trails.internal.agent;

import org.jspecify.annotations.NullMarked;
