package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.Done;
import io.trails.daggerdouble.run.Cancel;
import io.trails.daggerdouble.run.Command;
import io.trails.daggerdouble.run.Flights;
import io.trails.daggerdouble.run.Machine;
import io.trails.daggerdouble.run.Mount;
import io.trails.daggerdouble.run.Outcome;
import io.trails.daggerdouble.tree.Blob;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Sha;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Executes {@code withExec}: the same command on the same files only once. Thread-safe. */
final class Execs {

    private static final int ERROR_OUTPUT = 100 * 1024;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Engine engine;
    private final Flights<Outcome> flights;
    private final Map<String, Outcome> cache = new ConcurrentHashMap<>();

    Execs(Engine engine, Flights<Outcome> flights) {
        this.engine = engine;
        this.flights = flights;
    }

    void prune() {
        cache.clear();
    }

    Done run(Container container, Args args, Caller caller) {
        Command command = command(container, args, caller);
        String key = key(command, container.spec);
        Outcome known = cache.get(key);
        if (known == null) {
            known = withServices(container.spec, caller, hosts ->
                    flights.join(key, caller.cancel(), cancel -> execute(command.with(hosts), cancel)));
        }
        int exit = known.exitCode();
        if (!accepts(args.string("expect"), exit)) {
            throw failure(command, known);
        }
        cache.put(key, known);
        return new Done(known.root(), known.mounts(), exit, known.stdout(), known.stderr());
    }

    private static <T> T withServices(Spec spec, Caller caller, Function<Map<String, String>, T> work) {
        List<Service> used = new ArrayList<>();
        try {
            return work.apply(attach(spec, caller, used));
        } finally {
            used.forEach(service -> caller.session().services.release(service, caller));
        }
    }

    /** Starts what a container is bound to and tells its addresses by name; the services are added to those in use. */
    static Map<String, String> attach(Spec spec, Caller caller, List<Service> used) {
        Map<String, String> hosts = new LinkedHashMap<>();
        spec.bindings.forEach((alias, service) -> {
            String address = service.running(caller, false).address();
            used.add(service);
            hosts.put(alias, address);
            hosts.put(service.hostname(caller), address);
        });
        return hosts;
    }

    Command command(Container container, Args args, Caller caller) {
        Spec spec = container.spec;
        Dir root = Machine.prepare(container.root.get(caller));
        Command.User user = Users.find(engine.blobs, root, spec.user);
        Path workdir = Path.of("/").relativize(spec.workdir);
        if (!workdir.toString().isEmpty() && root.at(workdir).isEmpty()) {
            root = root.with(workdir, Dir.EMPTY);
        }
        List<Mount> mounts = new ArrayList<>();
        for (Value.Mounted mounted : spec.mounts) {
            mounts.add(mounted.mount().get(caller));
        }
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", PATH);
        env.put("HOME", user.home());
        env.putAll(spec.env);
        spec.secrets.forEach((name, secret) -> env.put(name, secret.plaintext));
        Map<String, String> hosts = new LinkedHashMap<>();
        spec.bindings.forEach((alias, service) -> hosts.put(alias, service.key.get(caller)));
        return new Command(
                root,
                mounts,
                env,
                spec.secrets.values().stream().map(secret -> secret.plaintext).toList(),
                hosts,
                spec.workdir,
                user,
                line(spec, args),
                args.string("stdin"),
                args.string("redirectStdin"),
                args.string("redirectStdout"),
                args.string("redirectStderr"));
    }

    private static List<String> line(Spec spec, Args args) {
        List<String> line = new ArrayList<>(args.flag("useEntrypoint") ? spec.entrypoint : List.of());
        List<String> given = args.strings("args");
        line.addAll(given.isEmpty() ? spec.defaultArgs : given);
        if (line.isEmpty()) {
            throw new GraphFailure("no command has been set");
        }
        return line;
    }

    private Outcome execute(Command command, Cancel cancel) {
        engine.traffic.started();
        try {
            return engine.bubblewrap.run(command, cancel);
        } catch (IOException e) {
            throw new GraphFailure("failed to run: " + e);
        } finally {
            engine.traffic.ended();
        }
    }

    static boolean accepts(String expect, int exit) {
        boolean anyFailure = exit >= 1 && exit <= 127 || exit >= 192;
        return switch (expect) {
            case "ANY" -> exit == 0 || anyFailure;
            case "FAILURE" -> anyFailure;
            default -> exit == 0;
        };
    }

    private GraphFailure failure(Command command, Outcome outcome) {
        if (engine.faults.nextErrorIsBare()) {
            return new GraphFailure("exit code: " + outcome.exitCode());
        }
        return new GraphFailure(
                "exit code: " + outcome.exitCode(),
                Map.of(
                        "_type",
                        "EXEC_ERROR",
                        "cmd",
                        command.args(),
                        "exitCode",
                        outcome.exitCode(),
                        "stdout",
                        end(outcome.stdout()),
                        "stderr",
                        end(outcome.stderr())));
    }

    private String end(Blob output) {
        long over = output.size() - ERROR_OUTPUT;
        if (over < 0) {
            return text(output).strip();
        }
        byte[] last = engine.blobs.read(new Blob(output.offset() + over, ERROR_OUTPUT, ""), ERROR_OUTPUT);
        byte[] notice = ("[omitting " + over + " bytes]...").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(notice, 0, last, 0, notice.length);
        return new String(last, StandardCharsets.UTF_8).strip();
    }

    String text(Blob output) {
        return new String(engine.blobs.read(output, Integer.MAX_VALUE), StandardCharsets.UTF_8);
    }

    String key(Command command, Spec spec) {
        Sha sha = new Sha().add(command.root().digest());
        for (Mount mount : command.mounts()) {
            sha.add(mount.at().toString());
            if (mount instanceof Mount.Tree tree) {
                sha.add(tree.tree().digest());
            } else if (mount instanceof Mount.One one) {
                sha.add(one.file().digest());
            } else {
                sha.add(mount.toString());
            }
        }
        command.env().forEach((name, value) -> sha.add(name).add(value));
        command.hosts().forEach((name, value) -> sha.add(name).add(value));
        sha.add(command.workdir().toString()).add(spec.user).add(command.user().toString());
        command.args().forEach(sha::add);
        return sha.add(command.stdin())
                .add(command.redirectStdin())
                .add(command.redirectStdout())
                .add(command.redirectStderr())
                .hex();
    }
}
