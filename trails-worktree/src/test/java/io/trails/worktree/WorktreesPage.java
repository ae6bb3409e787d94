package io.trails.worktree;

import io.trails.Checkpoint;
import io.trails.Conflict;
import io.trails.DiffRequest;
import io.trails.DirtyPolicy;
import io.trails.HunkChoice;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Resolution;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.worktree.pulls.PullRequestPublisher;
import io.trails.worktree.pulls.PullRequestResult;
import io.trails.worktree.pulls.PullRequestSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The examples of {@code docs/worktrees.md}: that page quotes what is here, and this compiles. */
final class WorktreesPage {
    private final PrintStream out;

    WorktreesPage(PrintStream out) {
        this.out = out;
    }

    Session open(Trails trails) {
        SessionSpec spec = SessionSpec.named("fix-login")
                .agent("claude")
                .baseRef("main") // else what is checked out in the project
                .dirty(DirtyPolicy.IGNORE) // else the settings, else CARRY
                .build();
        return trails.open(spec);
    }

    void review(Session session, Path file) throws IOException {
        session.changes().files().forEach(change -> out.println(change.kind() + " " + change.path()));
        session.diff(DiffRequest.all().paths("src"), diff -> {
            out.println(diff.change().path());
            diff.hunks().forEach(hunk -> hunk.lines().forEach(line -> out.println(line.kind() + " " + line.text())));
        });
        try (OutputStream patch = Files.newOutputStream(file)) {
            session.writePatch(DiffRequest.all(), patch);
        }
    }

    void keep(Trails trails, Session session) {
        Checkpoint good = session.checkpoint("tests pass");
        session.exec("sh", "-c", "rm -rf src").orThrow();
        Checkpoint before = session.restore(good); // src is back; "before" is the tree without it

        trails.open(SessionSpec.named("another-try").forkOf(good).build());
        session.diff(DiffRequest.all().since(before).until(good), diff -> out.println(diff.change()));
    }

    void merge(Session session) {
        MergePreview preview = session.preview(MergeRequest.into("main"));
        for (Conflict conflict : preview.conflicts()) {
            out.println(conflict.kind() + " " + conflict.path());
            conflict.hunks().forEach(hunk -> out.println(hunk.ours() + " or " + hunk.theirs()));
        }

        MergeRequest decided = MergeRequest.builder()
                .target("main")
                .strategy(MergeStrategy.SQUASH)
                .message("Fix the login")
                .expecting(preview) // blocked if either side has moved since
                .resolve("README.md", Resolution.hunks(HunkChoice.theirs(), HunkChoice.ours()))
                .resolver((conflict, contents) -> conflict.kind() == Conflict.Kind.MODIFY_DELETE
                        ? Optional.of(Resolution.ours())
                        : Optional.empty())
                .build();
        MergeResult result = session.merge(decided);
        if (result instanceof MergeResult.Merged merged) {
            out.println(merged.target() + " is at " + merged.commit());
        } else if (result instanceof MergeResult.Conflicted open) {
            out.println(open.preview().conflicts().size() + " conflicts are left");
        } else if (result instanceof MergeResult.Blocked blocked) {
            for (Reason reason : blocked.reasons()) out.println(reason.message() + ": " + reason.remedy());
        }
    }

    void remove(Session session, Path project, Path directory) {
        RemovalReport report = session.remove(RemovalPolicy.safe());
        if (!report.complete()) {
            report.kept()
                    .forEach(item ->
                            out.println(item.what() + ": " + item.reason().message()));
            session.remove(RemovalPolicy.safe().endingProcesses().rescuing());
        }

        Rescues rescues = Rescues.of(project);
        Rescue newest = rescues.list().get(0);
        rescues.recover(newest, directory); // the files
        rescues.recoverBranch(newest, "login-again"); // the commits
        rescues.collect(Duration.ofDays(30)); // deletes older ones; nothing does unless asked
    }

    void publish(Session session) {
        PullRequestResult result = PullRequestPublisher.of(session)
                .publish(PullRequestSpec.titled("Fix the login")
                        .body("The session expired too early.")
                        .labels("bug")
                        .build());
        if (result instanceof PullRequestResult.OnlyPushed pushed) {
            out.println(pushed.reason().message());
        }
    }
}
