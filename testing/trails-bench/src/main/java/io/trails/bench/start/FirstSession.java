package io.trails.bench.start;

import io.trails.Mode;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.nio.file.Path;

/** The shortest host: opens a session on a directory and runs {@code true} in it. */
public final class FirstSession {
    private FirstSession() {}

    public static void main(String[] arguments) {
        System.out.println("Hello, world");
        try (Trails trails = Trails.create(Path.of(arguments[0]))) {
            Session session =
                    trails.open(SessionSpec.named("first").mode(Mode.DIRECT).build());
            session.exec("true").orThrow();
        }
    }
}
