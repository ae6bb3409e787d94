package consumer;

import io.trails.Change;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Opens sessions as a stranger's program would; the argument is the kind of path it was started on. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        boolean modular = "module-path".equals(args[0]);
        if (Trails.class.getModule().isNamed() != modular) {
            throw new IllegalStateException("Started on the " + args[0] + ", but trails is in " + Trails.class.getModule());
        }
        if (ModuleLayer.boot().findModule("io.trails.worktree").isPresent() != modular) {
            throw new IllegalStateException("The providers of io.trails.worktree are not on the " + args[0]);
        }
        Path folder = Files.createTempDirectory("trails-consumer");
        Path plain = Files.createDirectory(folder.resolve("plain"));
        check(args[0], plain, "direct");
        Path repository = Files.createDirectory(folder.resolve("repository"));
        git(repository, "init", "--quiet");
        git(repository, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "Start");
        check(args[0], repository, "worktree");
    }

    private static void check(String path, Path project, String mode) throws IOException {
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(SessionSpec.named("consumer").build());
            if (!session.info().mode().equals(mode)) {
                throw new IllegalStateException("Expected mode " + mode + ", got " + session.info().mode());
            }
            session.exec("sh", "-c", "echo hello > hello.txt").orThrow();
            List<String> changes =
                    session.changes().files().stream().map(Main::told).toList();
            if (!changes.equals(List.of("ADDED hello.txt"))) {
                throw new IllegalStateException("Expected one new file, got " + changes);
            }
            System.out.println("On the " + path + " in mode " + session.info().mode() + ": " + changes);
            RemovalReport report = session.remove(RemovalPolicy.safe().rescuing());
            if (!report.complete()) throw new IllegalStateException("Not removed: " + report);
        }
    }

    private static String told(Change change) {
        return change.kind() + " " + change.path();
    }

    private static void git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
        if (!git.waitFor(60, TimeUnit.SECONDS) || git.exitValue() != 0) throw new IllegalStateException("git failed");
    }
}
