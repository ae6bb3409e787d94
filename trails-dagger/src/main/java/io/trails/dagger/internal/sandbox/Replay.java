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

/**
 * Runs a session's commands again in a container made anew, where policy allows that, so that its system is what it was. Says what
 * it ran and what it could not run. Single-threaded, in the session's turn.
 */
final class Replay {
    private static final int SHOWN = 20;
    private static final int SHOWN_LENGTH = 80;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Surroundings with;
    private final HostFiles files;
    private final LivePrograms live;
    private final OperationLog operations;

    Replay(Surroundings with, HostFiles files, LivePrograms live, OperationLog operations) {
        this.with = with;
        this.files = files;
        this.live = live;
        this.operations = operations;
    }

    /** The container after the commands. */
    Situation over(Situation made, Path scratch) {
        Situation now = made;
        var again = new ArrayList<Operation>();
        var left = new ArrayList<Operation>();
        try {
            for (Operation operation : operations.all()) {
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
        var exchange = new Exchange(new RunningCommand(), () -> false, LONGEST, Ending.closed());
        try {
            return new CommandRun(with, files, live, prepared, scratch)
                    .run(Layers.bounded(before, with.patience()), operation.nonce(), exchange)
                    .after();
        } catch (TrailsException | Exchange.EndedException failed) {
            if (failed instanceof TrailsException known && known.code().equals("exec.not-started")) return before;
            throw failed;
        }
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
