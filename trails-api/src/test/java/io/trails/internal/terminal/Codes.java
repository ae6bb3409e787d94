package io.trails.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Terminal;
import io.trails.TrailsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests say about failures and endings. */
public final class Codes {
    private Codes() {}

    public static void assertCode(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    static int ended(Terminal terminal) {
        assertCode(() -> terminal.await(screen -> false, Terminals.SOON), "terminal.ended");
        return terminal.exitCode().orElseThrow();
    }
}
