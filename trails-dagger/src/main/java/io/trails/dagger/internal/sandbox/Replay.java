package io.trails.dagger.internal.sandbox;

import io.trails.Command;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.live.LivePrograms;
import io.trails.dagger.internal.recipe.Container;
import io.trails.spi.SandboxNotice.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a session's commands again in a container made anew, where policy allows that, so that its system is what it was. Says what
 * it ran and what it could not run. Single-threaded, in the session's turn, but for {@link #end}.
 */
final class Replay {
    private static final int SHOWN = 20;
    private static final int SHOWN_LENGTH = 80;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Surroundings with;
    private final HostFiles files;
    private final LivePrograms live;
    private final OperationLog operations;
    private final Scratch scratches;
    private final Turns turns;
    private volatile Commanding current = Commanding.nobody();

    Replay(
            Surroundings with,
            HostFiles files,
            LivePrograms live,
            OperationLog operations,
            Scratch scratches,
            Turns turns) {
        this.with = with;
        this.files = files;
        this.live = live;
        this.operations = operations;
        this.scratches = scratches;
        this.turns = turns;
    }

    /** Ends it, if it is under way. From any thread. */
    void end(Ending why) {
        current.command().end(why);
    }

    /**
     * The container after the commands, or as it is where policy does not allow them.
     *
     * @throws Exchange.EndedException if the command that has the turn was ended meanwhile
     * @throws TrailsException {@code dagger.rebuild-stopped} if that was to end which no command waits for
     */
    Situation over(Situation made) {
        List<Operation> past = operations.all();
        if (past.isEmpty()) return made;
        if (!with.replayAllowed()) {
            operations.clear();
            with.tell(
                    Kind.REBUILT,
                    Reason.of(
                            "dagger.rebuilt",
                            "The container was made anew of its recipe and the session's files. Not run again: "
                                    + described(past),
                            "run again what changed the system outside of the session's files, or put it in the recipe"));
            return made;
        }
        Optional<Commanding> asking = turns.commanding();
        current = asking.orElseGet(Commanding::nobody);
        try {
            return over(made, past);
        } catch (Exchange.EndedException ended) {
            if (asking.isPresent()) throw ended;
            throw new TrailsException(
                    "dagger.rebuild-stopped",
                    "The session's container was being made anew, and its commands run again, when that was ended: "
                            + ended.ending().reason().message() + "; whoever needs the container next begins again",
                    ended);
        } finally {
            // What ends later must not reach it.
            current = Commanding.nobody();
        }
    }

    private Situation over(Situation made, List<Operation> past) {
        Situation now = made;
        var again = new ArrayList<Operation>();
        var left = new ArrayList<Operation>();
        Path scratch = scratches.create();
        try {
            for (Operation operation : past) {
                if (!operation.isRepeatable() || !operation.variables().isEmpty()) {
                    left.add(operation);
                    continue;
                }
                now = run(now, operation, scratch);
                again.add(operation);
            }
        } finally {
            OwnTree.delete(scratch);
        }
        tell(again, left);
        return again.isEmpty() ? made : withFilesOf(made, now);
    }

    /** The system is what the commands made it; the session's files have had their changes already. */
    private Situation withFilesOf(Situation made, Situation replayed) {
        Container container = made.container();
        var changes = container.files(Graph.directory(replayed.root())).changes(made.settled());
        var added = changes.addedPaths();
        List<String> paths = made.engine().ask(with.patience(), added).get(added);
        HostFiles.Refused refused = files.refused(paths);
        List<String> twice =
                paths.stream().filter(path -> !refused.covers(path)).toList();
        var root = FileMoves.remove(container.over(replayed.root()), container, twice)
                .withDirectory(container.workdir(), made.settled(), container.owner())
                .rootfs();
        var rootId = root.sync();
        var settled = container.files(root).id();
        Answers answers = made.engine().ask(with.patience(), rootId, settled);
        return made.withRoot(answers.get(rootId), replayed.layers() + FileMoves.layers(twice) + 1)
                .withSettled(answers.get(settled), made.manifest());
    }

    /** With its old name, so that an engine that still has what became of it runs nothing. */
    private Situation run(Situation before, Operation operation, Path scratch) {
        Command command = Command.of(operation.argv()).in(Path.of(operation.directory()));
        Prepared prepared =
                Prepared.of(command, files.root(), before.container().workdir(), scratch);
        OwnTree.delete(scratch.resolve("io"));
        Commanding asking = current;
        var exchange = new Exchange(asking.command(), asking.toStop(), LONGEST, tooLong());
        try {
            return new CommandRun(with, files, live, prepared, scratch)
                    .run(Layers.bounded(before, with.patience()), operation.nonce(), exchange)
                    .after();
        } catch (TrailsException | Exchange.EndedException failed) {
            if (failed instanceof TrailsException known && known.code().equals("exec.not-started")) return before;
            throw failed;
        }
    }

    private static Ending tooLong() {
        return Ending.cancelled(
                "dagger.rebuild-stopped",
                "A command that was run again for the container made anew took longer than " + LONGEST.toHours()
                        + " h");
    }

    private void tell(List<Operation> again, List<Operation> left) {
        String ran = again.isEmpty() ? "No command was run again" : "Run again: " + described(again);
        String not = left.isEmpty()
                ? ""
                : ". Not run again, because they were ended, or had input, secrets or variables, which are not written"
                        + " down: "
                        + described(left);
        String older = operations.isForgetful() ? ". Older ones are forgotten" : "";
        with.tell(
                Kind.REBUILT,
                Reason.of(
                        "dagger.rebuilt",
                        "The container was made anew of its recipe and the session's files. " + ran + not + older));
    }

    /** The commands for a person, bounded. */
    static String described(List<Operation> operations) {
        var lines = new ArrayList<String>();
        for (Operation operation : operations) {
            if (lines.size() == SHOWN) {
                lines.add("and " + (operations.size() - SHOWN) + " more");
                break;
            }
            String line = String.join(" ", operation.argv()).replaceAll("\\p{Cntrl}+", " ");
            lines.add("'" + (line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "…" : line) + "'");
        }
        return String.join(", ", lines);
    }
}
