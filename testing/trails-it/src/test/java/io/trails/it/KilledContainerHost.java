package io.trails.it;

import io.trails.Trails;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A host that prepares an operation, says so, waits for a line, and does it. Arguments: project, dagger program, address of the
 * engine, operation.
 */
final class KilledContainerHost {
    private KilledContainerHost() {}

    public static void main(String[] args) throws IOException {
        Path project = Path.of(args[0]);
        var environment = ContainerProject.with(
                GitProject.environment(project.resolveSibling("home")), Path.of(args[1]), args[2]);
        try (Trails trails = Trails.builder(project).environment(environment).build()) {
            Runnable operation = ContainerOperation.valueOf(args[3]).prepared(trails);
            System.out.println("prepared");
            if (System.in.read() < 0) return;
            try {
                operation.run();
                System.out.println("done");
            } catch (TrailsException failed) {
                System.out.println(failed.code());
            }
        }
    }
}
