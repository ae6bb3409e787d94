/**
 * Contract tests that the author of a trails provider extends: {@link io.trails.tck.WorkspaceContract},
 * {@link io.trails.tck.SandboxContract}, {@link io.trails.tck.TerminalContract}. Each test carries the number of the rule
 * it checks, as in the Javadoc of {@code io.trails.spi}.
 *
 * <p>The tests are JUnit 5 tests of ordinary classes; they work in a temporary folder, with real processes. Nothing takes
 * or returns {@code null}.
 */
@NullMarked
package io.trails.tck;

import org.jspecify.annotations.NullMarked;
