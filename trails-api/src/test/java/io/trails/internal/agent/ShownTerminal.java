package io.trails.internal.agent;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.Screen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** A terminal that shows one screen and takes nothing. */
final class ShownTerminal implements Terminal {
    volatile Screen screen;

    ShownTerminal(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return EnumSet.of(TerminalCapability.TTY, TerminalCapability.KEYS, TerminalCapability.SCREEN);
    }

    @Override
    public Screen screen() {
        return screen;
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void type(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void paste(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void press(Key... keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Screen await(Predicate<Screen> condition, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resize(int columns, int rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExecResult run(String line, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<List<String>> attachCommand() {
        return Optional.empty();
    }
}
