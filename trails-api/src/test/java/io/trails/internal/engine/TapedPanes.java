package io.trails.internal.engine;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.OutputReader;
import io.trails.Screen;
import io.trails.TerminalCapability;
import io.trails.spi.HeldTerminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** The built-in terminals with an endless stream of zeros, and a history of one line. */
final class TapedPanes extends Panes {
    @Override
    HeldTerminal held(HeldTerminal terminal) {
        return new Taped(terminal);
    }

    private static final class Zeros implements OutputReader {
        private long position;

        @Override
        public byte[] read(int most, Duration timeout) {
            position += most;
            return new byte[most];
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long skipped() {
            return 0;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void close() {}
    }

    private record Taped(HeldTerminal terminal) implements HeldTerminal {
        @Override
        public Set<TerminalCapability> capabilities() {
            return terminal.capabilities();
        }

        @Override
        public void type(String text) {
            terminal.type(text);
        }

        @Override
        public void paste(String text) {
            terminal.paste(text);
        }

        @Override
        public void press(Key... keys) {
            terminal.press(keys);
        }

        @Override
        public Screen screen() {
            return terminal.screen();
        }

        @Override
        public Screen await(Predicate<Screen> condition, Duration timeout) {
            return terminal.await(condition, timeout);
        }

        @Override
        public void resize(int columns, int rows) {
            terminal.resize(columns, rows);
        }

        @Override
        public ExecResult run(String line, Duration timeout) {
            return terminal.run(line, timeout);
        }

        @Override
        public Optional<List<String>> attachCommand() {
            return terminal.attachCommand();
        }

        @Override
        public OptionalInt exitCode() {
            return terminal.exitCode();
        }

        @Override
        public List<String> history(int most) {
            return List.of("a line");
        }

        @Override
        public OutputReader output(long position) {
            return new Zeros();
        }

        @Override
        public void detach() {
            terminal.detach();
        }
    }
}
