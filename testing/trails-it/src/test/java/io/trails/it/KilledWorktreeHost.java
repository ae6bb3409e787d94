package io.trails.it;

import io.trails.Checkpoint;
import io.trails.DirtyPolicy;
import io.trails.MergeRequest;
import io.trails.MergeStrategy;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A host whose git kills it. Arguments: project, operation, which call of git is fatal, the moment. It prints how many calls the
 * operation makes if it survives.
 */
final class KilledWorktreeHost {
    static final String SESSION = "work";

    private KilledWorktreeHost() {}

    public static void main(String[] args) throws IOException {
        Path project = Path.of(args[0]);
        KillingGit git = KillingGit.in(project.resolveSibling("bin"));
        var environment = git.environment(GitProject.environment(project.resolveSibling("home")));
        int fatal = Integer.parseInt(args[2]);
        var moment = KillingGit.Moment.valueOf(args[3]);
        try (Trails trails = Trails.builder(project).environment(environment).build()) {
            run(trails, args[1], () -> git.arm(fatal, moment));
            System.out.println(git.disarm());
        }
    }

    private static void run(Trails trails, String operation, Runnable armed) {
        if (operation.startsWith("open")) {
            var spec = SessionSpec.named(SESSION);
            if (operation.equals("open-moving")) spec.dirty(DirtyPolicy.MOVE);
            armed.run();
            trails.open(spec.build());
            return;
        }
        // What the user has not committed is no work of the session, so that it can be merged.
        Session session = trails.open(
                SessionSpec.named(SESSION).dirty(DirtyPolicy.IGNORE).build());
        session.exec("sh", "-c", KilledWorktreeTest.WORK).orThrow();
        switch (operation) {
            case "checkpoint" -> {
                armed.run();
                session.checkpoint("second");
            }
            case "restore" -> {
                Checkpoint first = session.checkpoint("first");
                session.exec("sh", "-c", "echo later > later.txt; rm written.txt; echo four >> src/code.txt")
                        .orThrow();
                armed.run();
                session.restore(first);
            }
            case "merge", "squash", "rebase" -> {
                var strategy = MergeStrategy.valueOf(operation.toUpperCase(Locale.ROOT));
                armed.run();
                session.merge(MergeRequest.builder()
                        .target("main")
                        .strategy(strategy)
                        .build());
            }
            case "remove" -> {
                session.exec("rm", "agent.log").orThrow();
                session.merge(MergeRequest.into("main"));
                armed.run();
                session.remove(RemovalPolicy.safe().endingProcesses());
            }
            case "rescue" -> {
                armed.run();
                session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
            }
            default -> throw new IllegalArgumentException(operation);
        }
    }
}
