package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.CacheVolume;
import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.graph.Value.Mounted;
import io.trails.daggerdouble.graph.Value.Port;
import io.trails.daggerdouble.graph.Value.Secret;
import io.trails.daggerdouble.graph.Value.Socket;
import io.trails.daggerdouble.run.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The fields of a container that change no file of it. */
final class ContainerConfig {

    private ContainerConfig() {}

    private interface Change {
        void apply(Spec spec, Args args, Fields.Context context);
    }

    private interface Mounting {
        Lazy<Mount> at(Path at, Args args, Fields.Context context);
    }

    static void addTo(Fields fields) {
        set(fields, "withEnvVariable", (spec, args, context) -> {
            spec.secrets.remove(args.string("name"));
            spec.env.put(args.string("name"), expand(spec, args, args.string("value")));
        });
        set(fields, "withoutEnvVariable", (spec, args, context) -> spec.env.remove(args.string("name")));
        set(
                fields,
                "withSecretVariable",
                (spec, args, context) -> spec.secrets.put(args.string("name"), args.value("secret", Secret.class)));
        set(fields, "withoutSecretVariable", (spec, args, context) -> spec.secrets.remove(args.string("name")));
        set(fields, "withWorkdir", (spec, args, context) -> spec.workdir = spec.resolve(args.string("path")));
        set(fields, "withoutWorkdir", (spec, args, context) -> spec.workdir = Path.of("/"));
        set(fields, "withUser", (spec, args, context) -> spec.user = args.string("name"));
        set(fields, "withoutUser", (spec, args, context) -> spec.user = "");
        set(fields, "withEntrypoint", (spec, args, context) -> {
            spec.entrypoint = args.strings("args");
            spec.defaultArgs = args.flag("keepDefaultArgs") ? spec.defaultArgs : List.of();
        });
        set(fields, "withoutEntrypoint", (spec, args, context) -> {
            spec.entrypoint = List.of();
            spec.defaultArgs = args.flag("keepDefaultArgs") ? spec.defaultArgs : List.of();
        });
        set(fields, "withDefaultArgs", (spec, args, context) -> spec.defaultArgs = args.strings("args"));
        set(fields, "withoutDefaultArgs", (spec, args, context) -> spec.defaultArgs = List.of());
        set(fields, "withLabel", (spec, args, context) -> spec.labels.put(args.string("name"), args.string("value")));
        set(fields, "withoutLabel", (spec, args, context) -> spec.labels.remove(args.string("name")));
        set(fields, "withExposedPort", (spec, args, context) -> {
            Port port =
                    new Port(args.number("port", 0), args.string("protocol"), args.flag("experimentalSkipHealthcheck"));
            spec.ports.removeIf(other -> other.port == port.port && other.protocol.equals(port.protocol));
            spec.ports.add(port);
        });
        set(
                fields,
                "withoutExposedPort",
                (spec, args, context) -> spec.ports.removeIf(port -> port.port == args.number("port", 0)));
        set(
                fields,
                "withServiceBinding",
                (spec, args, context) -> spec.bindings.put(
                        args.string("alias").toLowerCase(Locale.ROOT), args.value("service", Service.class)));
        mounts(fields);
        get(fields, "workdir", spec -> spec.workdir.toString().equals("/") ? "/" : spec.workdir.toString());
        get(fields, "user", spec -> spec.user);
        get(fields, "entrypoint", spec -> spec.entrypoint);
        get(fields, "defaultArgs", spec -> spec.defaultArgs);
        get(fields, "imageRef", spec -> spec.imageRef);
        get(fields, "exposedPorts", spec -> List.copyOf(spec.ports));
        get(
                fields,
                "mounts",
                spec -> spec.mounts.stream().map(mount -> mount.at().toString()).toList());
        get(
                fields,
                "envVariables",
                spec -> spec.env.entrySet().stream()
                        .map(one -> new Value.EnvVariable(one.getKey(), one.getValue()))
                        .toList());
        fields.add(Container.class, "platform", (container, args, context) -> "linux/amd64");
        fields.add(
                Container.class,
                "envVariable",
                (container, args, context) -> container.spec.env.get(args.string("name")));
        fields.add(
                Container.class, "label", (container, args, context) -> container.spec.labels.get(args.string("name")));
        fields.add(Value.EnvVariable.class, "name", (variable, args, context) -> variable.name);
        fields.add(Value.EnvVariable.class, "value", (variable, args, context) -> variable.value);
        fields.add(Port.class, "port", (port, args, context) -> port.port);
        fields.add(Port.class, "protocol", (port, args, context) -> port.protocol);
    }

    private static void mounts(Fields fields) {
        mount(fields, "withMountedDirectory", (at, args, context) -> {
            Directory source = args.value("source", Directory.class);
            return caller -> new Mount.Tree(at, source.tree.get(caller));
        });
        mount(fields, "withMountedFile", (at, args, context) -> {
            File source = args.value("source", File.class);
            return caller -> new Mount.One(at, source.file.get(caller));
        });
        mount(fields, "withMountedCache", (at, args, context) -> {
            CacheVolume cache = args.value("cache", CacheVolume.class);
            return Lazy.of(new Mount.Cache(at, context.engine().cache(cache.key)));
        });
        mount(fields, "withMountedTemp", (at, args, context) -> Lazy.of(new Mount.Temp(at)));
        mount(fields, "withUnixSocket", (at, args, context) -> {
            Socket source = args.value("source", Socket.class);
            return Lazy.of(new Mount.Socket(at, source.host));
        });
        mount(fields, "withMountedSecret", (at, args, context) -> {
            Secret source = args.value("source", Secret.class);
            return Lazy.of(new Mount.One(
                    at,
                    new io.trails.daggerdouble.tree.Node.Regular(
                            context.engine().blobs.add(source.plaintext), args.number("mode", 0400), 0)));
        });
        set(fields, "withoutMount", (spec, args, context) -> unmount(spec, spec.resolve(args.string("path"))));
        set(fields, "withoutUnixSocket", (spec, args, context) -> unmount(spec, spec.resolve(args.string("path"))));
    }

    /** Whoever a mount is given to has to be known in the container that it is mounted in. */
    private static void mount(Fields fields, String name, Mounting source) {
        fields.add(
                Container.class,
                name,
                (container, args, context) -> ContainerFields.config(container, spec -> {
                    Path at = spec.resolve(args.string("path"));
                    Lazy<Mount> mount = source.at(at, args, context);
                    unmount(spec, at);
                    spec.mounts.add(new Mounted(at, caller -> {
                        Users.needOwner(context.engine().blobs, container.root.get(caller), args.string("owner"));
                        return mount.get(caller);
                    }));
                }));
    }

    private static void unmount(Spec spec, Path at) {
        spec.mounts.removeIf(mounted -> mounted.at().equals(at));
    }

    private static String expand(Spec spec, Args args, String text) {
        String expanded = text;
        if (args.flag("expand")) {
            for (var variable : spec.env.entrySet()) {
                expanded = expanded.replace("${" + variable.getKey() + "}", variable.getValue())
                        .replace("$" + variable.getKey(), variable.getValue());
            }
        }
        return expanded;
    }

    private static void set(Fields fields, String name, Change change) {
        fields.add(
                Container.class,
                name,
                (container, args, context) ->
                        ContainerFields.config(container, spec -> change.apply(spec, args, context)));
    }

    private static void get(Fields fields, String name, Function<Spec, Object> getter) {
        fields.add(Container.class, name, (container, args, context) -> getter.apply(container.spec));
    }
}
