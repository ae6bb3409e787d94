package io.trails.internal.engine;

import io.trails.Playback;
import io.trails.Reason;
import io.trails.Recording;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Screen;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** The built-in terminals with a recording that shows what a test wants it to. */
final class RecordingPanes extends Panes {
    volatile String shown = "";
    volatile boolean lost;
    volatile boolean unreadable;
    volatile boolean keeping;
    volatile boolean failing;

    @Override
    public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return recorded(super.capabilities(sandbox));
    }

    private static Set<TerminalCapability> recorded(Set<TerminalCapability> known) {
        Set<TerminalCapability> all = EnumSet.of(TerminalCapability.RECORDING);
        all.addAll(known);
        return all;
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        if (lost) throw new ResourceLostException("Nothing is left of it");
        return super.open(plan, sandbox);
    }

    @Override
    HeldTerminal held(HeldTerminal terminal) {
        return (HeldTerminal) Proxy.newProxyInstance(
                HeldTerminal.class.getClassLoader(), new Class<?>[] {HeldTerminal.class}, (self, method, arguments) -> {
                    if (method.getName().equals("capabilities")) return recorded(terminal.capabilities());
                    if (method.getName().equals("recording")) return recording();
                    if (method.getName().equals("equals")) return self == arguments[0];
                    try {
                        return method.invoke(terminal, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private Recording recording() {
        if (unreadable) throw new TrailsException("terminal.unreadable", "It cannot be read");
        return new Shown(shown);
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        if (failing) throw new IllegalStateException("It fails half way");
        if (keeping) return RemovalReport.kept("the terminal", Reason.of("test.kept", "It is still of use"));
        return super.remove(plan, sandbox, policy);
    }

    private record Shown(String text) implements Recording {
        @Override
        public Duration length() {
            return Duration.ZERO;
        }

        @Override
        public long omittedBytes() {
            return 0;
        }

        @Override
        public Recording redacted(Collection<String> secrets) {
            String left = text;
            for (String secret : secrets) {
                if (!secret.isEmpty()) left = left.replace(secret, "***");
            }
            return new Shown(left);
        }

        @Override
        public void write(Format format, OutputStream to) throws IOException {
            to.write((format + " " + text).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Screen replay(Duration moment) {
            throw new UnsupportedOperationException("Nobody draws it");
        }

        @Override
        public void replay(OutputStream to, Playback playback) {
            throw new UnsupportedOperationException("Nobody plays it");
        }
    }
}
