package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.graph.Value.Done;
import io.trails.daggerdouble.graph.Value.Mounted;
import io.trails.daggerdouble.run.Mount;
import io.trails.daggerdouble.tree.Dir;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

final class ContainerFields {

    private ContainerFields() {}

    static void addTo(Fields fields) {
        ContainerFiles.addTo(fields);
        ContainerConfig.addTo(fields);
        ArchiveFields.addTo(fields);
        fields.add(
                Container.class,
                "from",
                (container, args, context) -> Images.from(container, args.string("address"), context));
        fields.add(Container.class, "withRootfs", (container, args, context) -> {
            Directory directory = args.value("directory", Directory.class);
            return new Container(directory.tree, directory.history, container.spec, null);
        });
        fields.add(
                Container.class,
                "rootfs",
                (container, args, context) -> new Directory(container.root, container.history));
        fields.add(Container.class, "withExec", (container, args, context) -> exec(container, args, context.engine()));
        fields.add(
                Container.class,
                "exitCode",
                (container, args, context) -> done(container, context).exitCode());
        fields.add(
                Container.class,
                "stdout",
                (container, args, context) ->
                        context.engine().execs.text(done(container, context).stdout()));
        fields.add(
                Container.class,
                "stderr",
                (container, args, context) ->
                        context.engine().execs.text(done(container, context).stderr()));
        fields.add(Container.class, "combinedOutput", (container, args, context) -> {
            Done done = done(container, context);
            return context.engine().execs.text(done.stdout())
                    + context.engine().execs.text(done.stderr());
        });
        fields.add(Container.class, "sync", (container, args, context) -> {
            container.root.get(context.caller());
            return container;
        });
    }

    static Container config(Container container, Consumer<Spec> change) {
        return new Container(container.root, container.history, container.spec.with(change), container.done);
    }

    private static Container exec(Container container, Args args, Engine engine) {
        refuse(args, engine);
        Lazy<Done> done = Lazy.once(caller -> engine.execs.run(container, args, caller));
        Spec spec = container.spec.with(after -> {
            List<Mounted> mounts = new ArrayList<>(after.mounts);
            after.mounts.clear();
            for (Mounted mounted : mounts) {
                after.mounts.add(new Mounted(mounted.at(), Lazy.once(caller -> {
                    Map<Path, Dir> left = done.get(caller).mounts();
                    Dir tree = left.get(mounted.at());
                    return tree == null ? mounted.mount().get(caller) : new Mount.Tree(mounted.at(), tree);
                })));
            }
        });
        String name = "mount / from exec " + String.join(" ", args.strings("args"));
        return new Container(Lazy.once(caller -> done.get(caller).root()), container.history.and(name), spec, done);
    }

    static void refuse(Args args, Engine engine) {
        for (String option : List.of("experimentalPrivilegedNesting", "insecureRootCapabilities")) {
            if (args.flag(option)) {
                engine.traffic.refuse(option);
                throw new GraphFailure("the engine double refuses " + option);
            }
        }
    }

    private static Done done(Container container, Fields.Context context) {
        if (container.done == null) {
            throw new GraphFailure("no command has been set");
        }
        return container.done.get(context.caller());
    }
}
