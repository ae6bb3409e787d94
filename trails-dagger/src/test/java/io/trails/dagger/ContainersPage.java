package io.trails.dagger;

import io.trails.Command;
import io.trails.ContainerRecipe;
import io.trails.FileConflict;
import io.trails.Input;
import io.trails.Mode;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The examples of {@code docs/containers.md}: that page quotes what is here, and this compiles. */
final class ContainersPage {
    private final PrintStream out;

    ContainersPage(PrintStream out) {
        this.out = out;
    }

    void open(Trails trails) {
        ContainerRecipe recipe = ContainerRecipe.builder()
                .image("debian:12-slim")
                .setup("apt-get", "update")
                .setup("apt-get", "install", "-y", "--no-install-recommends", "make")
                .build();
        Session session = trails.open(SessionSpec.named("fix-build")
                .mode(Mode.CONTAINER)
                .container(recipe) // else the settings, else a small Debian image
                .build());
        session.exec("make", "test").orThrow();
        session.changes().files().forEach(change -> out.println(change.kind() + " " + change.path()));
    }

    void settle(Session session, FileConflict conflict, boolean takeTheirs) throws IOException {
        Path mine = session.info().directory().orElseThrow().resolve(conflict.path());
        if (takeTheirs && conflict.kept().isPresent()) {
            Files.copy(conflict.kept().get(), mine, StandardCopyOption.REPLACE_EXISTING);
        } else if (takeTheirs) {
            Files.delete(mine); // the session removed it
        } else if (Files.exists(mine)) {
            session.exec(Command.of("sh", "-c", "cat > \"$1\"", "sh", conflict.path())
                            .stdin(Input.file(mine)))
                    .orThrow();
        } else {
            session.exec("rm", "-f", "--", conflict.path()).orThrow(); // you removed it
        }
    }
}
