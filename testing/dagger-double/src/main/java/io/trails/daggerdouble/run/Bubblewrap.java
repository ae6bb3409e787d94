package io.trails.daggerdouble.run;

import io.trails.daggerdouble.tree.Blob;
import io.trails.daggerdouble.tree.Blobs;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Disk;
import io.trails.daggerdouble.tree.WorkingCopies;
import io.trails.daggerdouble.tree.WorkingCopy;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in mount and pid namespaces of their own, by bubblewrap: they end with whoever started them. A thread that runs a
 * command must live as long as it, because the kernel ends it with its thread.
 */
public final class Bubblewrap {

    private final Blobs blobs;
    private final WorkingCopies copies;
    private final Path scratch;
    private final boolean uplink;
    private final ThreadFactory threads;
    private final List<String> bubblewrap = Signals.heardBy("bwrap");

    public Bubblewrap(Blobs blobs, WorkingCopies copies, Path scratch, boolean uplink, ThreadFactory threads) {
        this.threads = threads;
        this.blobs = blobs;
        this.copies = copies;
        this.scratch = scratch;
        this.uplink = uplink;
    }

    /** Why commands can't be run here. */
    public static Optional<String> unavailable() {
        try {
            Process probe = new ProcessBuilder(
                            "bwrap",
                            "--unshare-user",
                            "--unshare-pid",
                            "--ro-bind",
                            "/",
                            "/",
                            "--proc",
                            "/proc",
                            "true")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return probe.onExit().join().exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("bubblewrap can't make namespaces here: " + said.strip());
        } catch (IOException e) {
            return Optional.of("bubblewrap (bwrap) is not installed: " + e.getMessage());
        }
    }

    /** Runs a command to its end and takes what it left. */
    public Outcome run(Command command, Cancel cancel) throws IOException {
        try (Prepared prepared = prepare(command)) {
            int exit = prepared.run(cancel, process -> {});
            return prepared.outcome(exit);
        }
    }

    /** Runs a command whose files nobody wants, until it ends or is cancelled; what it said is added to the last argument. */
    public int serve(Command command, Cancel cancel, Consumer<Process> started, StringBuilder said) throws IOException {
        try (Prepared prepared = prepare(command)) {
            try {
                return prepared.run(cancel, started);
            } finally {
                said.append(Files.readString(prepared.out, StandardCharsets.ISO_8859_1))
                        .append(Files.readString(prepared.err, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private Prepared prepare(Command command) throws IOException {
        Prepared prepared = new Prepared(command);
        try {
            prepared.lay();
            return prepared;
        } catch (IOException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private final class Prepared implements AutoCloseable {

        private final Command command;
        private final Path folder;
        private final Path out;
        private final Path err;
        private final WorkingCopy root;
        private final Map<Path, WorkingCopy> trees = new LinkedHashMap<>();
        private final Map<Path, Path> laid = new LinkedHashMap<>();
        private final List<String> line = new ArrayList<>();
        private final List<Path> stubs = new ArrayList<>();
        private final List<Forward> forwards = new ArrayList<>();
        private @Nullable Path sockets;
        private boolean taken;

        Prepared(Command command) throws IOException {
            this.command = command;
            folder = Files.createTempDirectory(scratch, "exec");
            out = folder.resolve("out");
            err = folder.resolve("err");
            root = copies.lend(command.root());
        }

        void lay() throws IOException {
            Command.User user = command.user();
            line.addAll(bubblewrap);
            Collections.addAll(
                    line, "--die-with-parent", "--new-session", "--unshare-user", "--unshare-pid", "--unshare-ipc");
            Collections.addAll(line, "--unshare-uts", "--hostname", "container");
            Collections.addAll(line, "--uid", Integer.toString(user.uid()), "--gid", Integer.toString(user.gid()));
            if (user.uid() == 0) {
                Collections.addAll(line, "--cap-add", "ALL");
            }
            if (!uplink) {
                line.add("--unshare-net");
            }
            bind("--bind", root.root(), Path.of("/"), true);
            for (Path place : Machine.places(command.root())) {
                bind("--ro-bind", place, place, Files.isDirectory(place));
            }
            special("--proc", "/proc");
            special("--dev", "/dev");
            bind("--ro-bind", hosts(), Path.of("/etc/hosts"), false);
            if (Files.isReadable(Path.of("/etc/resolv.conf"))) {
                bind("--ro-bind", Path.of("/etc/resolv.conf"), Path.of("/etc/resolv.conf"), false);
            }
            for (Mount mount : command.mounts()) {
                lay(mount);
            }
            Collections.addAll(line, "--chdir", command.workdir().toString(), "--");
            line.addAll(command.args());
        }

        private void lay(Mount mount) throws IOException {
            if (mount instanceof Mount.Tree tree) {
                WorkingCopy copy = copies.lend(tree.tree());
                trees.put(tree.at(), copy);
                bind("--bind", copy.root(), tree.at(), true);
            } else if (mount instanceof Mount.One one) {
                Path file = folder.resolve("file" + line.size());
                Disk.write(blobs, one.file(), file);
                bind("--bind", file, one.at(), false);
            } else if (mount instanceof Mount.Cache cache) {
                Files.createDirectories(cache.host());
                bind("--bind", cache.host(), cache.at(), true);
            } else if (mount instanceof Mount.Temp temp) {
                special("--tmpfs", temp.at().toString());
            } else if (mount instanceof Mount.Socket socket) {
                bind("--bind", forward(socket.host()), socket.at(), false);
            }
        }

        /** A socket whose connections are carried to one of the host, on which nobody has to listen before. */
        private Path forward(Path host) throws IOException {
            Path near = sockets;
            if (near == null) {
                // Not in the scratch folder, whose name may be longer than a socket's may be.
                near = Files.createTempDirectory("double");
                sockets = near;
            }
            Path at = near.resolve(Integer.toString(forwards.size()));
            forwards.add(new Forward(UnixDomainSocketAddress.of(at), UnixDomainSocketAddress.of(host), true, threads));
            return at;
        }

        private void special(String option, String at) throws IOException {
            stub(Path.of(at), true);
            Collections.addAll(line, option, at);
        }

        private void bind(String option, Path host, Path at, boolean directory) throws IOException {
            if (at.getNameCount() > 0) {
                stub(at, directory);
            }
            laid.put(at, host);
            Collections.addAll(line, option, host.toString(), at.toString());
        }

        /** Makes the place for a mount, to be taken away again afterwards. */
        private void stub(Path at, boolean directory) throws IOException {
            Path host = onHost(at);
            List<Path> missing = new ArrayList<>();
            for (Path up = host; up != null && !Files.exists(up, LinkOption.NOFOLLOW_LINKS); up = up.getParent()) {
                missing.add(0, up);
            }
            for (Path one : missing) {
                if (one.equals(host) && !directory) {
                    Files.createFile(one);
                } else {
                    Files.createDirectory(one);
                }
                stubs.add(0, one);
            }
        }

        /** Where a path of the container lies on the host: in the innermost mount over it that is there yet, or in the root. */
        private Path onHost(Path at) {
            Path base = Path.of("/");
            for (Path mount : laid.keySet()) {
                if (at.startsWith(mount) && mount.getNameCount() >= base.getNameCount()) {
                    base = mount;
                }
            }
            return laid.getOrDefault(base, root.root())
                    .resolve(base.relativize(at).toString());
        }

        private Path hosts() throws IOException {
            StringBuilder text = new StringBuilder("127.0.0.1 localhost container\n::1 localhost\n");
            command.hosts()
                    .forEach((name, address) ->
                            text.append(address).append(' ').append(name).append('\n'));
            return Files.writeString(folder.resolve("hosts"), text);
        }

        int run(Cancel cancel, Consumer<Process> started) throws IOException {
            cancel.check();
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectInput(stdin().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .directory(folder.toFile());
            builder.environment().clear();
            builder.environment().putAll(command.env());
            Process process = builder.start();
            started.accept(process);
            try {
                cancel.during(process.onExit()::join, () -> end(process));
            } finally {
                forwards.forEach(Forward::close);
            }
            cancel.check();
            if (process.exitValue() == 1) {
                rephrase();
            }
            return process.exitValue();
        }

        /** Kills the first process inside, whose end is that of all others there, and which the one outside waits for. */
        private static void end(Process process) {
            List<ProcessHandle> first = process.children().toList();
            if (first.isEmpty()) process.destroyForcibly();
            first.forEach(ProcessHandle::destroyForcibly);
        }

        /** Says that a program is missing as an engine's first process does. */
        private void rephrase() throws IOException {
            String program = command.args().get(0);
            String said = Files.size(err) > 4096 ? "" : Files.readString(err, StandardCharsets.ISO_8859_1);
            String prefix = "bwrap: execvp " + program + ": ";
            if (said.startsWith(prefix)) {
                String why = said.substring(prefix.length()).strip().toLowerCase(Locale.ROOT);
                Files.writeString(
                        err,
                        program.contains("/")
                                ? "fork/exec " + program + ": " + why + "\n"
                                : "exec: \"" + program + "\": executable file not found in $PATH\n");
            }
        }

        private Path stdin() throws IOException {
            if (!command.redirectStdin().isEmpty()) {
                return onHost(command.workdir().resolve(command.redirectStdin()));
            }
            return Files.writeString(folder.resolve("in"), command.stdin());
        }

        Outcome outcome(int exit) throws IOException {
            Blob stdout = output(out, command.redirectStdout());
            Blob stderr = output(err, command.redirectStderr());
            Map<Path, Dir> left = new LinkedHashMap<>();
            removeStubs();
            for (Map.Entry<Path, WorkingCopy> tree : trees.entrySet()) {
                left.put(tree.getKey(), tree.getValue().read());
            }
            Dir tree = root.read();
            taken = true;
            return new Outcome(tree, left, exit, stdout, stderr);
        }

        private Blob output(Path file, String redirect) throws IOException {
            Blob blob = Scrub.isNeeded(command.secrets())
                    ? blobs.add(Scrub.of(Files.readAllBytes(file), command.secrets()))
                    : blobs.add(file);
            if (!redirect.isEmpty()) {
                Path to = onHost(command.workdir().resolve(redirect));
                Files.deleteIfExists(to);
                blobs.copyTo(blob, to);
            }
            return blob;
        }

        private void removeStubs() throws IOException {
            for (Path stub : stubs) {
                boolean directory = Files.isDirectory(stub, LinkOption.NOFOLLOW_LINKS);
                try (var inside = directory ? Files.newDirectoryStream(stub) : null) {
                    if (inside == null
                            ? Files.exists(stub) && Files.size(stub) == 0
                            : !inside.iterator().hasNext()) {
                        Files.delete(stub);
                    }
                }
            }
            stubs.clear();
        }

        private void giveBack(WorkingCopy copy) throws IOException {
            if (!taken) {
                copy.read();
            }
            copies.giveBack(copy);
        }

        @Override
        public void close() throws IOException {
            removeStubs();
            // What a cancelled command left is read too, so that the copy knows what lies in it.
            for (WorkingCopy tree : trees.values()) {
                giveBack(tree);
            }
            giveBack(root);
            forwards.forEach(Forward::close);
            if (sockets != null) {
                Disk.delete(sockets);
            }
            Disk.delete(folder);
        }
    }
}
