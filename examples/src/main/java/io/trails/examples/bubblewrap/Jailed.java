package io.trails.examples.bubblewrap;

import io.trails.ExecResult;
import io.trails.Mode;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.nio.file.Path;
import java.util.List;

/** Runs a few commands in the project, which can harm nothing else. */
public final class Jailed {
    private static final List<String> ATTEMPTS = List.of(
            "echo written > note.txt",
            "echo written > ../beside.txt",
            "echo written > /var/tmp/note.txt",
            "ls -d /proc/[0-9]*",
            "cat /proc/net/route");

    private Jailed() {}

    /** The argument is the project directory. */
    public static void main(String[] args) {
        Mode jailed = Mode.named("jailed")
                .workspaces("worktree", "in-place")
                .sandboxes("acme.bubblewrap")
                .build();
        try (Trails trails = Trails.builder(Path.of(args[0]))
                .provider(new BubblewrapSandboxProvider())
                .build()) {
            Session session = trails.open(SessionSpec.named("jailed")
                    .mode(jailed)
                    .network(NetworkPolicy.none())
                    .build());
            System.out.println("It isolates " + session.info().isolation());
            for (String attempt : ATTEMPTS) {
                ExecResult result = session.exec("sh", "-c", attempt);
                System.out.println(attempt + ": " + (result.ok() ? "done" : "failed") + ", "
                        + result.stdout().text().lines().count() + " lines");
            }
            session.remove(RemovalPolicy.safe());
        }
    }
}
