/**
 * Files on the host's side: what of a workspace goes into a container, and how what comes out of one gets back. Works on
 * plain paths and knows nothing of an engine. Paths in strings are relative to the workspace, with '/' on every platform.
 */
@NullMarked
package io.trails.dagger.internal.files;

import org.jspecify.annotations.NullMarked;
