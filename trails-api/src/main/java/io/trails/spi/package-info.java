/**
 * What a provider implements. One class, one line in {@code META-INF/services/io.trails.spi.Provider}, and a test that
 * extends the contract class of {@code trails-tck}.
 *
 * <p>Every provider lives by four verbs. {@code plan} touches nothing and says what would be created; the engine stores the plan
 * before anything happens, and keeps to the one it stored. {@code create} makes it so and may be called again after a crash, when it finishes or adopts.
 * {@code open} takes it up again in another JVM. {@code remove} may be called again too, and keeps what would be lost. So
 * a crash at any instant leaves a plan from which the next start goes on.
 *
 * <p>The rules are numbered: {@code P-..} for every provider, {@code W-..} for workspaces, {@code S-..} for sandboxes,
 * {@code T-..} for terminals. The contract tests carry the numbers. Methods are called from several threads at a time
 * unless a rule says otherwise. Nothing takes or returns {@code null}.
 */
@NullMarked
package io.trails.spi;

import org.jspecify.annotations.NullMarked;
