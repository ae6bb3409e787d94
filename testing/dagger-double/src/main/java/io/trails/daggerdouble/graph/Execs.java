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

    /** As many as an overlay's mount options have room for. */
    private static final int LAYERS = 491;

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
        GraphFailure failed = caller.failures().get(key);
        if (failed != null) {
            throw failed;
        }
        if (container.history.depth >= LAYERS) {
            throw failure(command.args(), -1, "mount rootfs: mount options is too long", "", "");
        }
        Outcome known = cache.get(key);
        if (known == null) {
            known = withServices(
                    container.spec,
                    caller,
                    hosts -> flights.join(
                            key, caller.cancel(), cancel -> execute(command.with(hosts, command.env()), cancel)));
        }
        int exit = known.exitCode();
        if (!accepts(args.string("expect"), exit)) {
            GraphFailure failure =
                    failure(command.args(), exit, "exit code: " + exit, end(known.stdout()), end(known.stderr()));
            caller.failures().put(key, failure);
            throw failure;
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
            return engine.bubblewrap.run(command.with(command.hosts(), telemetry(command.env())), cancel);
        } catch (IOException e) {
            throw failure(command.args(), -1, "failed to run: " + e, "", "");
        } finally {
            engine.traffic.ended();
        }
    }

    /** What an engine adds to every environment for itself; no command runs again for it. */
    static Map<String, String> telemetry(Map<String, String> env) {
        Map<String, String> all = new LinkedHashMap<>(env);
        all.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
        all.put("TRACEPARENT", "00-" + "1".repeat(32) + "-" + "1".repeat(16) + "-01");
        all.put("BAGGAGE", "");
        return all;
    }

    static boolean accepts(String expect, int exit) {
        boolean anyFailure = (exit >= 1 && exit <= 127) || exit >= 192;
        return switch (expect) {
            case "ANY" -> exit == 0 || anyFailure;
            case "FAILURE" -> anyFailure;
            default -> exit == 0;
        };
    }

    GraphFailure failure(List<String> args, int exit, String message, String stdout, String stderr) {
        String origin = " [traceparent:" + "0".repeat(32) + "-" + "0".repeat(16) + "]";
        if (engine.faults.nextErrorIsBare()) {
            return new GraphFailure(message + origin);
        }
        return new GraphFailure(
                message + origin,
                Map.of("_type", "EXEC_ERROR", "cmd", args, "exitCode", exit, "stdout", stdout, "stderr", stderr));
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
        // A secret is known by its name: another value under it is no other command.
        command.env().forEach((name, value) -> {
            Value.Secret secret = spec.secrets.get(name);
            sha.add(name).add(secret == null ? value : "secret " + secret.name);
        });
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
