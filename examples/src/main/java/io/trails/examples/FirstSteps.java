package io.trails.examples;

import io.trails.Change;
import io.trails.ExecResult;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.nio.file.Path;

/** The example that the README quotes. */
public final class FirstSteps {
    private FirstSteps() {}

    /** Runs a command where an agent would work; the argument is the project directory. */
    public static void main(String[] args) {
        Path project = Path.of(args[0]);
        try (Trails trails = Trails.create(project)) {
            SessionSpec spec =
                    SessionSpec.named("first-steps").mode(Mode.DIRECT).build();
            System.out.println(trails.advise(spec).explain()); // what would be chosen, and why

            Session session = trails.open(spec);
            ExecResult result = session.exec("sh", "-c", "echo 'Hello, trails' > hello.txt && cat hello.txt");
            System.out.print(result.orThrow().stdout().text());

            for (Change change : session.changes().files()) {
                System.out.println(change.kind() + " " + change.path()); // ADDED hello.txt
            }
            session.remove(RemovalPolicy.safe()); // the file stays: trails never deletes your work
        }
    }
}
