package consumer;

import io.trails.Change;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens a session as a stranger's program would; the argument is the kind of path it was started on. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        boolean modular = "module-path".equals(args[0]);
        if (Trails.class.getModule().isNamed() != modular) {
            throw new IllegalStateException("Started on the " + args[0] + ", but trails is in " + Trails.class.getModule());
        }
        Path project = Files.createTempDirectory("trails-consumer");
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(SessionSpec.named("consumer").mode(Mode.DIRECT).build());
            session.exec("sh", "-c", "echo hello > hello.txt").orThrow();
            List<Change> changes = session.changes().files();
            if (!changes.equals(List.of(Change.of("hello.txt", Change.Kind.ADDED)))) {
                throw new IllegalStateException("Expected one new file, got " + changes);
            }
            System.out.println("On the " + args[0] + " in mode " + session.info().mode() + ": " + changes);
            if (!session.remove(RemovalPolicy.safe()).complete()) throw new IllegalStateException("Not removed");
        }
    }
}
