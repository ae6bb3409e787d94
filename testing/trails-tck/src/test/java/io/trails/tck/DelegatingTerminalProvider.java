package io.trails.tck;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.OutputReader;
import io.trails.Recording;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.TerminalCapability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** Does what a correct provider does; a saboteur overrides one thing. */
class DelegatingTerminalProvider extends DelegatingProvider<TerminalProvider> implements TerminalProvider {
    DelegatingTerminalProvider() {
        super(TerminalProvider.class, "headless");
    }

    DelegatingTerminalProvider(TerminalProvider correct) {
        super(correct);
    }

    @Override
    public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return correct.capabilities(sandbox);
    }

    @Override
    public Set<SandboxCapability> requires() {
        return correct.requires();
    }

    @Override
    public Plan plan(TerminalRequest request) {
        return correct.plan(request);
    }

    @Override
    public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
        return sabotaged(correct.create(plan, request, sandbox), plan, sandbox);
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        return sabotaged(correct.open(plan, sandbox), plan, sandbox);
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        return correct.remove(plan, sandbox, policy);
    }

    HeldTerminal sabotaged(HeldTerminal terminal, Plan plan, Sandbox sandbox) {
        return terminal;
    }

    /** Does what a correct terminal does. */
    static class Delegating implements HeldTerminal {
        final HeldTerminal correct;

        Delegating(HeldTerminal correct) {
            this.correct = correct;
        }

        @Override
        public Set<TerminalCapability> capabilities() {
            return correct.capabilities();
        }

        @Override
        public void type(String text) {
            correct.type(text);
        }

        @Override
        public void paste(String text) {
            correct.paste(text);
        }

        @Override
        public void press(Key... keys) {
            correct.press(keys);
        }

        @Override
        public Screen screen() {
            return correct.screen();
        }

        @Override
        public Screen await(Predicate<Screen> condition, Duration timeout) {
            return correct.await(condition, timeout);
        }

        @Override
        public void resize(int columns, int rows) {
            correct.resize(columns, rows);
        }

        @Override
        public ExecResult run(String line, Duration timeout) {
            return correct.run(line, timeout);
        }

        @Override
        public Optional<List<String>> attachCommand() {
            return correct.attachCommand();
        }

        @Override
        public OptionalInt exitCode() {
            return correct.exitCode();
        }

        @Override
        public StyledScreen styledScreen() {
            return correct.styledScreen();
        }

        @Override
        public List<String> history(int most) {
            return correct.history(most);
        }

        @Override
        public OutputReader output(long position) {
            return correct.output(position);
        }

        @Override
        public Recording recording() {
            return correct.recording();
        }

        @Override
        public void detach() {
            correct.detach();
        }
    }
}
