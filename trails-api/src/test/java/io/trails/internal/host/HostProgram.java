package io.trails.internal.host;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Limits;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** A host in a JVM of its own, for tests that need another heap, another locale, or a JVM to kill. */
final class HostProgram {
    static final int WORKERS = 4;

    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        var request = HostFixture.request(folder, Limits.none(), System.getenv(), new ArrayList<>());
        var provider = new HostSandboxProvider();
        Plan plan = provider.plan(request);
        try (var sandbox = provider.create(plan, request)) {
            switch (arguments[0]) {
                case "flood" -> {
                    ExecResult result = sandbox.exec(Command.of("head", "-c", "300000000", "/dev/zero"));
                    System.out.println(
                            result.stdout().size() + " " + result.stdout().truncated());
                }
                case "unicode" -> {
                    Command command = Command.of("sh", "-c", "printf %s \"$1$V\" | od -An -tx1", "sh", "é\\n\u65e5\n")
                            .environment(Map.of("V", "ü\\t "));
                    System.out.println(sandbox.exec(command).orThrow().stdout().text());
                }
                case "inside" -> {
                    Command command = Command.of("true").environment(Map.of("V", "\u00fc"));
                    Map<String, String> variables = sandbox.inside(command, "m").environment();
                    System.out.println(codes(variables.get("OF_HOST")) + " " + codes(variables.get("V")));
                }
                case "busy" -> busy(sandbox);
                case "shared" -> {
                    sandbox.shared()
                            .start(Command.of("sh", "-c", "echo $$ > shared; exec sleep 1000")
                                    .in(folder.resolve("home")));
                    if (System.in.read() < 0) System.exit(0);
                }
                case "workers" -> workers(sandbox, () -> provider.open(plan, request));
                case "scarcity" -> scarcity();
                case "wait" -> sandbox.exec(Command.of("./program"));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static String codes(String text) {
        return text.chars().mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    /** Leaves something in the background, runs two commands, and exits without closing anything when told so. */
    private static void busy(Sandbox sandbox) throws Exception {
        sandbox.exec(Command.of("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $! > background"))
                .orThrow();
        sandbox.start(Command.of("sh", "-c", "sleep 1000 & echo $! > child; echo $$ > started; wait"));
        new Thread(() -> sandbox.exec(Command.of("sh", "-c", "echo $$ > executed; exec sleep 1000"))).start();
        if (System.in.read() >= 0) System.exit(0);
    }

    /** Tells what pipe it gets when no descriptor is left, and then when some are. */
    private static void scarcity() throws IOException {
        var pipes = new OutputPipes(true);
        // Once there were classes to load there would be no descriptor for them.
        boolean before = pipes.take() != null;
        LoggerFactory.getLogger(OutputPipes.class);
        var all = new ArrayList<InputStream>();
        try {
            while (true) all.add(new FileInputStream("/dev/null"));
        } catch (FileNotFoundException noneLeft) {
            boolean meanwhile = pipes.take() != null;
            for (InputStream one : all) one.close();
            System.out.println(before + " " + meanwhile + " " + (pipes.take() != null));
        }
    }

    /**
     * Runs commands on threads that start the next one when one has ended, whatever ended it, and exits when told so. A hook
     * then runs one more.
     */
    private static void workers(Sandbox sandbox, Supplier<Sandbox> again) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (Sandbox last = again.get()) {
                last.exec(Command.of("sh", "-c", "echo $$ > last"));
            }
        }));
        for (int i = 0; i < WORKERS; i++) {
            Command command = Command.of("sh", "-c", "echo $$ > worker-" + i + "; exec sleep 1000");
            var worker = new Thread(() -> {
                while (true) sandbox.exec(command);
            });
            worker.setDaemon(true);
            worker.start();
        }
        if (System.in.read() >= 0) System.exit(0);
    }
}
