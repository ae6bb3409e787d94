package io.trails.dagger.internal.sandbox;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.dagger.internal.files.PendingStore;
import io.trails.dagger.internal.live.LivePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Removes what a session left on the host. Needs no engine: what an engine keeps is its own to drop. */
public final class Removal {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOME_PATIENCE = Duration.ofSeconds(10);

    private final SessionPlan plan;
    private final RemovalPolicy policy;

    /** Prepares. */
    public Removal(SessionPlan plan, RemovalPolicy policy) {
        this.plan = plan;
        this.policy = policy;
    }

    /** Removes, unless something would be lost. */
    public RemovalReport run() {
        if (!Files.isDirectory(plan.own())) return RemovalReport.nothing();
        RemovalReport ended = endCommands();
        if (!ended.complete()) return ended;
        RemovalReport volume = keepVolume();
        if (!volume.complete()) return ended.and(volume);
        ended = ended.and(volume);
        RemovalReport work = keepWork();
        if (!work.complete()) return ended.and(work);
        return ended.and(work).and(removeFiles());
    }

    private RemovalReport endCommands() {
        var marks = new RunMarks(plan.own());
        int count = marks.count();
        if (count == 0) return RemovalReport.nothing();
        String what = new Count(count).of("command", "commands") + " in the container of " + plan.key();
        if (!policy.endsProcesses()) {
            return RemovalReport.kept(
                    what,
                    Reason.of(
                            "dagger.commands-running",
                            "Commands of the session are running",
                            "stop the session, or remove it with RemovalPolicy.endingProcesses()"));
        }
        if (!marks.stopAll(STOP_PATIENCE)) {
            return RemovalReport.kept(
                    what,
                    Reason.of(
                            "dagger.still-running",
                            "They have not ended although they were asked to",
                            "see whether the program that runs them hangs, and remove the session again"));
        }
        return RemovalReport.removed(what, Reason.of("dagger.commands-ended", "The policy ends them"));
    }

    /** Only a container can read it; a JVM that has one is perhaps about to. */
    private RemovalReport keepVolume() {
        if (!LivePrograms.haveLeftFiles(plan.own(), policy.forgets() ? Duration.ZERO : HOME_PATIENCE)) {
            return RemovalReport.nothing();
        }
        String what = "the files that programs of " + plan.key() + " were working on";
        if (policy.forgets()) {
            return RemovalReport.forgotten(
                    what, Reason.of("dagger.changes-forgotten", "The policy forgets what was not brought back"));
        }
        return RemovalReport.kept(
                what,
                Reason.of(
                        "dagger.changes-on-volume",
                        "They lie on a volume of the engine, and what was written last has not come back",
                        "open the session and bring back its files, or remove it with RemovalPolicy.forgetting()"));
    }

    private RemovalReport keepWork() {
        Path place = plan.own().resolve("pending");
        if (!Files.isDirectory(place)) return RemovalReport.nothing();
        PendingStore pending = PendingStore.open(place);
        RemovalReport missing = keepMissing(pending.withheld().paths());
        if (!missing.complete() || pending.isEmpty()) return missing;
        return missing.and(keepPending(pending));
    }

    /** Only the container has them, which may be there yet. */
    private RemovalReport keepMissing(Set<String> paths) {
        if (paths.isEmpty()) return RemovalReport.nothing();
        String what = new Count(paths.size()).of("changed file", "changed files")
                + " that could not be had from the container";
        if (policy.forgets()) {
            return RemovalReport.forgotten(
                    what, Reason.of("dagger.changes-forgotten", "The policy forgets what was not brought back"));
        }
        Reason why = Missing.withheld(paths);
        return RemovalReport.kept(
                what,
                Reason.of(
                        "dagger.changes-withheld",
                        why.message(),
                        "open the session and bring back its files, after making room or changing the file there; or"
                                + " remove it with RemovalPolicy.forgetting()"));
    }

    private RemovalReport keepPending(PendingStore pending) {
        int count = pending.paths().size();
        String what = new Count(count).of("changed file that has", "changed files that have") + " not come back";
        if (policy.rescues()) return rescue(pending, what);
        if (policy.forgets()) {
            return RemovalReport.forgotten(
                    what, Reason.of("dagger.changes-forgotten", "The policy forgets what was not brought back"));
        }
        return RemovalReport.kept(
                what,
                Reason.of(
                        "dagger.changes-pending",
                        "The container's changes in " + plan.files() + " are not there yet",
                        "merge the session or export its files, or remove it with RemovalPolicy.rescuing()"));
    }

    private RemovalReport rescue(PendingStore pending, String what) {
        try {
            Files.createDirectories(plan.rescues());
            List<Path> written = pending.rescueTo(plan.rescues());
            return RemovalReport.removed(
                    what,
                    Reason.of(
                            "dagger.changes-rescued",
                            new Count(written.size()).of("file lies in ", "files lie in ") + plan.rescues() + " now",
                            "copy what is wanted to where it belongs"));
        } catch (IOException e) {
            return RemovalReport.kept(
                    what,
                    Reason.of(
                            "dagger.rescue-failed",
                            "They cannot be written to " + plan.rescues() + ": " + e.getMessage(),
                            "make room there and remove the session again"));
        }
    }

    private RemovalReport removeFiles() {
        try {
            // First, so that who is still about to bring files back sees why that fails.
            Files.deleteIfExists(plan.own().resolve(Sessions.CREATED));
            OwnTree.deleteAll(plan.own());
            return RemovalReport.removed(
                    "the container of " + plan.key(),
                    Reason.of("dagger.removed", "What the engine keeps of it is a cache that the engine drops"));
        } catch (IOException e) {
            return RemovalReport.kept(
                    plan.own().toString(),
                    Reason.of(
                            "dagger.files-remain",
                            "It cannot be removed: " + e.getMessage(),
                            "make it writable and remove the session again"));
        }
    }
}
