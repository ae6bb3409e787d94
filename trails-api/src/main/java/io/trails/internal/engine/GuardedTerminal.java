package io.trails.internal.engine;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.OutputReader;
import io.trails.Recording;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A provider's terminal as a host gets it: of no use once its instance is closed or its session removed, whatever the
 * provider would still do, and without the provider's own methods. Thread-safe if the provider's is.
 */
record GuardedTerminal(HeldTerminal held, DefaultSession session) implements Terminal {
    private HeldTerminal open() {
        checkPresent();
        return held;
    }

    void checkPresent() {
        session.checkPresent();
    }

    /** What fails because the session is removed meanwhile says so, and not what the provider saw of it. */
    <T> T waiting(Supplier<T> call) {
        try {
            return call.get();
        } catch (TrailsException | IllegalStateException failed) {
            try {
                session.checkPresent();
            } catch (RuntimeException gone) {
                gone.addSuppressed(failed);
                throw gone;
            }
            throw failed;
        }
    }

    @Override
    public Set<TerminalCapability> capabilities() {
        return open().capabilities();
    }

    @Override
    public void type(String text) {
        Objects.requireNonNull(text, "text");
        open().type(text);
    }

    @Override
    public void paste(String text) {
        Objects.requireNonNull(text, "text");
        open().paste(text);
    }

    @Override
    public void press(Key... keys) {
        Objects.requireNonNull(keys, "keys");
        open().press(keys);
    }

    @Override
    public Screen screen() {
        return open().screen();
    }

    @Override
    public Screen await(Predicate<Screen> condition, Duration timeout) {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(timeout, "timeout");
        HeldTerminal terminal = open();
        return waiting(() -> terminal.await(condition, timeout));
    }

    @Override
    public void resize(int columns, int rows) {
        open().resize(columns, rows);
    }

    @Override
    public ExecResult run(String line, Duration timeout) {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(timeout, "timeout");
        HeldTerminal terminal = open();
        return waiting(() -> terminal.run(line, timeout));
    }

    @Override
    public Optional<List<String>> attachCommand() {
        return open().attachCommand();
    }

    @Override
    public OptionalInt exitCode() {
        return open().exitCode();
    }

    @Override
    public StyledScreen styledScreen() {
        return open().styledScreen();
    }

    @Override
    public List<String> history(int most) {
        if (most < 1) throw new IllegalArgumentException("At least one line has to be asked for, not " + most);
        return open().history(most);
    }

    @Override
    public OutputReader output(long position) {
        if (position < OutputReader.END) throw new IllegalArgumentException("No byte is at " + position);
        return new GuardedReader(open().output(position), this);
    }

    @Override
    public Recording recording() {
        HeldTerminal terminal = open();
        return session.secrets().outOf(waiting(terminal::recording));
    }
}
