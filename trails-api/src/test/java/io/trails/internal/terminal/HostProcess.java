package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A host in a JVM of its own, which a test kills. */
public final class HostProcess {
    private HostProcess() {}

    /** Makes a terminal over a program that repeats what it reads, says so, and types until it is killed. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        var request = TerminalRequest.builder("session", "t", root.resolve("terminals/t"))
                .command(Command.of(
                        "/bin/sh", "-c", "while read -r x; do echo \"got $x\"; [ \"$x\" != end ] || exit 9; done"))
                .build();
        var provider = new HeadlessTerminalProvider();
        var terminal = provider.create(provider.plan(request), request, new TestSandbox(root));
        terminal.type("one\n");
        terminal.await(screen -> screen.contains("got one"), Duration.ofSeconds(20));
        System.out.write('!');
        System.out.flush();
        while (System.in.read() >= 0) terminal.screen();
    }

    static Process start(Path root) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostProcess.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
