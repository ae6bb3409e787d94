package io.trails.it;

import io.trails.AgentProfile;
import io.trails.Command;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsBuilder;
import io.trails.spi.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ServiceLoader;

/**
 * A host that is killed with -9 at the n-th step of an operation. Arguments: project, the provider of its terminals,
 * operation, n. It prints how many steps the operation has if it survives.
 */
final class CrashingHost {
    static final String SESSION = "work";
    static final Mode MODE = Mode.named("crash")
            .workspaces("crash.workspace")
            .sandboxes("crash.sandbox")
            .terminals("crash.terminal")
            .build();
    static final AgentProfile AGENT = AgentProfile.named(
                    "demo", "sh", "-c", "echo ready; while read l; do echo got $l; done")
            .prompt("^(ready|got )")
            .quiet(Duration.ofMillis(50))
            .build();

    private CrashingHost() {}

    public static void main(String[] args) throws IOException {
        var steps = new CrashSteps();
        int fatal = Integer.parseInt(args[3]);
        try (Trails trails = builder(Path.of(args[0]), args[1], steps).build()) {
            switch (args[2]) {
                case "open" -> {
                    steps.arm(fatal);
                    trails.open(spec());
                }
                case "agent" -> {
                    Session session = trails.open(spec());
                    steps.arm(fatal);
                    session.agent();
                }
                case "remove" -> {
                    Session session = trails.open(spec());
                    session.agent().terminal().await(screen -> screen.contains("ready"), Duration.ofSeconds(60));
                    session.exec("sh", "-c", "echo work > work.txt").orThrow();
                    steps.arm(fatal);
                    session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
                }
                case "command" -> {
                    Session session = trails.open(spec());
                    session.start(Command.of("sh", "-c", "sleep 1000 & sleep 1000"));
                    Thread executing =
                            new Thread(() -> session.exec("sh", "-c", "touch executing; sleep 1000 & sleep 1000"));
                    executing.setDaemon(true);
                    executing.start();
                    awaitFile(Path.of(args[0]).resolve("executing"));
                    System.out.println("running");
                    // Told to exit, it does so without closing anything.
                    if (System.in.read() >= 0) System.exit(0);
                }
                default -> throw new IllegalArgumentException(args[2]);
            }
            System.out.println(steps.reached());
        }
    }

    private static void awaitFile(Path file) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.exists(file) && System.nanoTime() < deadline) Thread.onSpinWait();
    }

    static SessionSpec spec() {
        return SessionSpec.named(SESSION).mode(MODE).agent(AGENT).build();
    }

    /** The built-in providers under other names, with steps; a project that is a repository has worktrees. */
    static TrailsBuilder builder(Path project, String terminals, CrashSteps steps) {
        TrailsBuilder builder = Trails.builder(project).mode(MODE).agent(AGENT).clock(steps.clock());
        String workspaces = Files.exists(project.resolve(".git")) ? "worktree" : "in-place";
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            if (provider.id().equals(workspaces)) {
                builder.provider(CrashingProvider.of(provider, "crash.workspace", steps));
            }
            if (provider.id().equals(terminals)) {
                builder.provider(CrashingProvider.of(provider, "crash.terminal", steps));
            }
            if (provider.id().equals("host")) {
                builder.provider(CrashingProvider.of(provider, "crash.sandbox", steps));
            }
        }
        return builder;
    }

    /** The same providers without anything fatal. */
    static Trails survivor(Path project, String terminals) {
        return builder(project, terminals, new CrashSteps())
                .clock(Clock.systemUTC())
                .build();
    }
}
