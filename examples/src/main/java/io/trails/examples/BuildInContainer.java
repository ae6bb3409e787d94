package io.trails.examples;

import io.trails.ContainerRecipe;
import io.trails.DiffRequest;
import io.trails.ExecResult;
import io.trails.FileDiff;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.worktree.GitRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An agent repairs and builds a project inside a container that a recipe describes. Its change comes back as a branch, is reviewed,
 * and merged. Without a container engine the story takes place in a worktree, and says why. The agent is one line of shell.
 */
public final class BuildInContainer {
    private BuildInContainer() {}

    /** Runs the story in the directory that the argument names, which becomes a small repository. */
    public static void main(String[] args) throws IOException {
        Path project = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("build-in-container");
        run(project, System.getenv());
    }

    static void run(Path project, Map<String, String> environment) throws IOException {
        write(project);
        ContainerRecipe recipe = ContainerRecipe.builder()
                .image("debian:12-slim")
                .setup("mkdir", "-p", "/opt/tools") // once for all sessions: system packages, compilers
                .install("sh", "-c", "echo installed > /opt/tools/installed") // with the session's files at hand
                .environment("BUILD", "release")
                .build();
        SessionSpec spec = SessionSpec.named("repair-the-build")
                .mode(Mode.CONTAINER)
                .container(recipe)
                .build();
        try (Trails trails = Trails.builder(project).environment(environment).build()) {
            System.out.println(trails.advise(spec).explain());
            String branch = commit(trails);
            Session session = trails.open(spec);

            // The agent finds out what is wrong, mends it, and builds: all of that in the container.
            ExecResult broken = session.exec("sh", "build.sh");
            System.out.print("Before: exit code " + broken.exitCode() + ", "
                    + broken.stderr().text());
            session.exec("sh", "-c", "sed -i 's/retrun/return/' calc.sh").orThrow();
            System.out.print("After: "
                    + session.exec("sh", "build.sh").orThrow().stdout().text());

            review(session);
            MergeResult result = session.merge(MergeRequest.into(branch));
            System.out.println("It was " + result.getClass().getSimpleName() + ", and " + branch + " now says:");
            System.out.print(Files.readString(project.resolve("calc.sh")));

            RemovalReport report = session.remove(RemovalPolicy.safe().endingProcesses());
            System.out.println(report.complete() ? "Removed" : "Kept: " + report.kept());
        }
    }

    /** A project whose build fails; what the build makes is ignored, and never comes back. */
    private static void write(Path project) throws IOException {
        GitRepositories.initialize(project);
        Files.writeString(project.resolve(".gitignore"), "/out/\n");
        Files.writeString(project.resolve("calc.sh"), "add() {\n  sum=$(($1 + $2))\n  retrun 0\n}\n");
        Files.writeString(
                project.resolve("build.sh"),
                "set -e\n. ./calc.sh\nadd 19 23\nmkdir -p out\necho \"$sum\" > out/answer\necho \"built: $sum\"\n");
    }

    /** @return the branch that is checked out */
    private static String commit(Trails trails) {
        Session direct =
                trails.open(SessionSpec.named("first").mode(Mode.DIRECT).build());
        direct.exec("git", "add", ".gitignore", "calc.sh", "build.sh").orThrow();
        direct.exec("git", "commit", "--quiet", "--message", "Add a build that fails")
                .orThrow();
        ExecResult branch = direct.exec("git", "symbolic-ref", "--short", "HEAD");
        direct.remove(RemovalPolicy.safe());
        return branch.orThrow().stdout().text().strip();
    }

    private static void review(Session session) {
        System.out.println("Its work is in " + session.info().directory().orElseThrow() + " on "
                + session.info().branch().orElseThrow());
        session.diff(DiffRequest.all().contextLines(0), file -> {
            System.out.println("  " + file.change().kind() + " " + file.change().path());
            for (FileDiff.Hunk hunk : file.hunks()) {
                for (FileDiff.Line line : hunk.lines()) System.out.println("    " + line.kind() + " " + line.text());
            }
        });
    }
}
