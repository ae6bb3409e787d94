package io.trails.examples;

import io.trails.Conflict;
import io.trails.DiffRequest;
import io.trails.ExecResult;
import io.trails.FileDiff;
import io.trails.HunkChoice;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Resolution;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.worktree.GitRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two agents edit the same file at the same time, each in a worktree of its own. Both are reviewed; the first merges cleanly, the
 * second shows its conflict, is resolved in code, and merges. The agents are one line of shell each.
 */
public final class ReviewAndMerge {
    private static final String FILE = "greeting.txt";

    private ReviewAndMerge() {}

    /** Runs the story in the directory that the argument names, which becomes a small repository. */
    public static void main(String[] args) throws IOException {
        Path project = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("review-and-merge");
        GitRepositories.initialize(project);
        Files.writeString(project.resolve(FILE), "Dear reader,\n\nhello.\n\nYours\n");
        try (Trails trails = Trails.create(project)) {
            String branch = commit(trails);
            Session polite =
                    trails.open(SessionSpec.named("polite").mode(Mode.WORKTREE).build());
            Session brief =
                    trails.open(SessionSpec.named("brief").mode(Mode.WORKTREE).build());

            // The work of two agents. Neither sees the other's, and the project stays as it is.
            polite.exec("sh", "-c", "sed -i.bak 's/hello/a very good day to you/' greeting.txt && rm greeting.txt.bak")
                    .orThrow();
            brief.exec("sh", "-c", "sed -i.bak 's/hello/hi/' greeting.txt && rm greeting.txt.bak")
                    .orThrow();

            for (Session session : List.of(polite, brief)) review(session);

            merge(polite, MergeRequest.into(branch));
            MergeResult second = merge(brief, MergeRequest.into(branch));
            if (second instanceof MergeResult.Conflicted conflicted) {
                merge(brief, decided(conflicted.preview(), branch));
            }
            System.out.println("\n" + branch + " now says:\n" + Files.readString(project.resolve(FILE)));

            for (Session session : List.of(polite, brief)) remove(session);
        }
    }

    /** @return the branch that is checked out */
    private static String commit(Trails trails) {
        Session direct =
                trails.open(SessionSpec.named("first").mode(Mode.DIRECT).build());
        direct.exec("git", "add", FILE).orThrow();
        direct.exec("git", "commit", "--quiet", "--message", "Add a greeting").orThrow();
        ExecResult branch = direct.exec("git", "symbolic-ref", "--short", "HEAD");
        direct.remove(RemovalPolicy.safe());
        return branch.orThrow().stdout().text().strip();
    }

    private static void review(Session session) {
        System.out.println("\n" + session.info().name() + " works in "
                + session.info().directory().orElseThrow() + " on "
                + session.info().branch().orElseThrow());
        session.diff(DiffRequest.all().contextLines(0), file -> {
            System.out.println("  " + file.change().kind() + " " + file.change().path());
            for (FileDiff.Hunk hunk : file.hunks()) {
                for (FileDiff.Line line : hunk.lines()) System.out.println("    " + line.kind() + " " + line.text());
            }
        });
    }

    private static MergeResult merge(Session session, MergeRequest request) {
        MergePreview preview = session.preview(request); // writes nothing
        System.out.println("\nTo merge " + session.info().name() + " would be " + preview.outcome());
        for (Conflict conflict : preview.conflicts()) {
            System.out.println("  " + conflict.kind() + " in " + conflict.path());
            for (Conflict.Hunk hunk : conflict.hunks()) {
                System.out.println("    theirs " + hunk.theirs() + ", ours " + hunk.ours());
            }
        }
        MergeResult result = session.merge(request);
        System.out.println("It was " + result.getClass().getSimpleName());
        return result;
    }

    /** Keeps both greetings, the session's first, and merges only if nothing has moved since the preview. */
    private static MergeRequest decided(MergePreview preview, String branch) {
        HunkChoice both = HunkChoice.sides(Resolution.Which.THEIRS, Resolution.Which.OURS);
        return MergeRequest.builder()
                .target(branch)
                .strategy(MergeStrategy.SQUASH)
                .message("Greet briefly, too")
                .resolve(FILE, Resolution.hunks(both))
                .expecting(preview)
                .build();
    }

    /** Everything is merged, so nothing is lost, and nothing is kept. */
    private static void remove(Session session) {
        String name = session.info().name();
        RemovalReport report = session.remove(RemovalPolicy.safe().endingProcesses());
        System.out.println(name + ": " + (report.complete() ? "removed" : "kept: " + report.kept()));
    }
}
