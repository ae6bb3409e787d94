package io.trails.dagger.internal.sandbox;

import io.trails.ExecResult;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.exec.Script;
import io.trails.dagger.internal.files.HostDelta;
import io.trails.dagger.internal.files.Staging;
import io.trails.dagger.internal.files.TreeScan;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.graph.Expect;
import io.trails.dagger.internal.graph.FileId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.graph.SecretId;
import io.trails.dagger.internal.live.LivePrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs one command in a container: a request for what it needs if it needs something, one for the command and for what became of
 * the files. Single-threaded, in the session's turn.
 */
final class CommandRun {
    private final Surroundings with;
    private final HostFiles files;
    private final LivePrograms live;
    private final Prepared prepared;
    private final Path scratch;
    private final CommandEnd end;
    private boolean sent;

    CommandRun(Surroundings with, HostFiles files, LivePrograms live, Prepared prepared, Path scratch) {
        this.with = with;
        this.files = files;
        this.live = live;
        this.prepared = prepared;
        this.scratch = scratch;
        end = new CommandEnd(with, prepared);
    }

    /**
     * What became of it.
     *
     * @param after where the container stands now; its files are not settled yet
     * @param now the session's files in the container
     * @param changed what the command added or modified among them, directories with '/' at their end
     * @param removed the same of what it removed
     * @param isUndone whether the engine kept nothing of it
     * @param unread why its outputs could not be had, for its caller to know once its changes are safe
     */
    record Ran(
            ExecResult result,
            Situation after,
            DirectoryId now,
            List<String> changed,
            List<String> removed,
            boolean isUndone,
            Optional<TrailsException> unread) {
        Ran {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }

    /** Runs it, and leaves it to the caller to bring back what it changed. */
    Ran run(Situation before, String nonce, Exchange exchange) {
        end.begin();
        Uploaded uploaded = upload(before, exchange);
        sent = true;
        try {
            return live.isLive()
                    ? runBesidePrograms(before, uploaded, nonce, exchange)
                    : run(before, uploaded, nonce, exchange);
        } catch (ExecFailure lost) {
            if (lost.exitCode().orElse(0) < 0) throw end.withoutContainer(lost);
            return new Ran(end.killed(lost), before, before.settled(), List.of(), List.of(), true, Optional.empty());
        }
    }

    /** Whether the engine has been asked to run it. */
    boolean isSent() {
        return sent;
    }

    private Ran run(Situation before, Uploaded uploaded, String nonce, Exchange exchange) {
        ContainerStep ended = ended(before, uploaded, nonce);
        var root = ended.rootfs().id();
        Path io = scratch.resolve("io");
        var exported = ended.directory(Script.IO).export(io);
        var code = ended.exitCode();
        var changes = new ChangedFiles(before, ended.rootfs());
        var leaves = new ArrayList<Leaf<?>>(List.of(root, exported, code));
        leaves.addAll(changes.leaves());
        Answers answers = exchange.ask(before.engine(), leaves.toArray(new Leaf<?>[0]));
        Situation after = uploaded.seenBy(before.withRoot(answers.get(root), uploaded.layers() + 1));
        return ran(end.of(io, answers.get(code)), after, changes.in(answers));
    }

    /** Its files lie on a volume, of which no root tells. */
    private Ran runBesidePrograms(Situation before, Uploaded uploaded, String nonce, Exchange exchange) {
        ContainerStep ended = ended(before, uploaded, nonce);
        var root = ended.rootfs().id();
        Path io = scratch.resolve("io");
        var exported = ended.directory(Script.IO).export(io);
        var code = ended.exitCode();
        Answers answers = exchange.ask(before.engine(), root, exported, code);
        ExecResult result = end.of(io, answers.get(code));
        DirectoryId settled = live.settle(answers.get(root));
        var changes = new ChangedFiles(before, Graph.directory(settled));
        Answers told = before.engine().ask(with.patience(), changes.leaves().toArray(new Leaf<?>[0]));
        return ran(
                result,
                uploaded.seenBy(before.withRoot(settled, uploaded.layers() + 1 + SessionContainer.SETTLING_LAYERS)),
                changes.in(told));
    }

    private Ran ran(ExecResult result, Situation after, ChangedFiles.Found found) {
        return new Ran(result, after, found.now(), found.changed(), found.removed(), false, end.unread());
    }

    /**
     * What the command needs that had to be handed over first.
     *
     * @param scan if the host's files had changed
     * @param delta what was uploaded of them
     */
    private record Uploaded(
            Optional<TreeScan> scan,
            HostDelta delta,
            Optional<DirectoryId> changed,
            Optional<FileId> input,
            Map<String, SecretId> secrets) {
        /** How many it lays on a root. */
        int layers() {
            return FileMoves.layers(delta.removed()) + (changed.isPresent() ? 1 : 0);
        }

        Situation seenBy(Situation after) {
            return scan.isEmpty()
                    ? after
                    : after.withManifest(after.manifest().with(scan.get().manifest(), delta));
        }
    }

    private Uploaded upload(Situation before, Exchange exchange) {
        TreeScan scan = files.scan();
        HostDelta wanted = files.delta(before.manifest(), scan);
        Optional<Staging> staging = wanted.isEmpty() ? Optional.empty() : Optional.of(files.stage(wanted, scan));
        HostDelta delta = staging.isPresent() ? staging.get().delta() : wanted;
        var leaves = new ArrayList<Leaf<?>>();
        Optional<Leaf<DirectoryId>> changed = staging.filter(
                        copies -> !copies.delta().changed().isEmpty())
                .map(copies -> Graph.hostDirectory(copies.directory(), List.of(), List.of())
                        .id());
        changed.ifPresent(leaves::add);
        Optional<Leaf<FileId>> input =
                prepared.file().map(file -> Graph.hostFile(file).id());
        input.ifPresent(leaves::add);
        var secrets = new LinkedHashMap<String, Leaf<SecretId>>();
        prepared.secrets()
                .forEach((name, value) -> secrets.put(
                        name,
                        Graph.secret("trails-" + with.plan().key() + "-" + name, value)
                                .id()));
        leaves.addAll(secrets.values());
        Optional<TreeScan> seen = delta.isEmpty() ? Optional.empty() : Optional.of(scan);
        Answers answers;
        try {
            if (leaves.isEmpty()) return new Uploaded(seen, delta, Optional.empty(), Optional.empty(), Map.of());
            answers = exchange.ask(before.engine(), leaves.toArray(new Leaf<?>[0]));
        } finally {
            staging.ifPresent(copies -> OwnTree.delete(copies.directory()));
        }
        var known = new LinkedHashMap<String, SecretId>();
        secrets.forEach((name, leaf) -> known.put(name, answers.get(leaf)));
        return new Uploaded(seen, delta, changed.map(answers::get), input.map(answers::get), known);
    }

    private ContainerStep ended(Situation before, Uploaded uploaded, String nonce) {
        String workdir = before.container().workdir();
        Optional<String> owner = before.container().owner();
        ContainerStep step = before.container().over(before.root());
        if (live.isLive()) {
            if (!uploaded.delta.isEmpty()) live.put(before.root(), uploaded.changed, uploaded.delta.removed());
            step = live.mount(step);
        } else {
            step = FileMoves.remove(step, before.container(), uploaded.delta.removed());
            if (uploaded.changed.isPresent()) step = step.withDirectory(workdir, uploaded.changed.get(), owner);
        }
        step = step.withMountedDirectory(Script.IO, before.container().empty(), owner);
        if (uploaded.input.isPresent()) step = step.withMountedFile(Script.INPUT, uploaded.input.get(), owner);
        for (Map.Entry<String, String> variable : prepared.variables().entrySet()) {
            step = step.withEnvVariable(variable.getKey(), variable.getValue());
        }
        for (Map.Entry<String, SecretId> secret : uploaded.secrets.entrySet()) {
            step = step.withSecretVariable(secret.getKey(), secret.getValue());
        }
        var time = TimeLimit.of(prepared.command(), with.limits()).map(TimeLimit::time);
        var arguments = Script.arguments(
                time,
                prepared.input(Script.INPUT),
                prepared.directory(),
                with.limits(),
                prepared.command().argv());
        var options = ExecOptions.of(arguments).withExpect(Expect.ANY);
        if (prepared.text().isPresent())
            options = options.withStdin(prepared.text().get());
        // An engine answers from its cache what it has been asked before.
        return step.withEnvVariable("TRAILS_OP", nonce).withExec(options);
    }
}
