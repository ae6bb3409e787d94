package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.graph.Value.Mounted;
import io.trails.daggerdouble.run.Mount;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Edit;
import io.trails.daggerdouble.tree.Filter;
import io.trails.daggerdouble.tree.Node;
import io.trails.daggerdouble.tree.Paths;
import java.nio.file.Path;
import java.util.Optional;

/** The fields of a container about its files: those of a mounted directory where one lies over the path. */
final class ContainerFiles {

    private ContainerFiles() {}

    private interface Change {
        Dir apply(Dir tree, Path at, Caller caller);
    }

    static void addTo(Fields fields) {
        fields.add(Container.class, "withDirectory", (container, args, context) -> {
            Directory source = args.value(args.has("source") ? "source" : "directory", Directory.class);
            Filter filter = DirectoryFields.filter(args);
            return edit(
                    container,
                    "Directory.withDirectory",
                    args.string("path"),
                    owned(
                            container,
                            args,
                            context,
                            (tree, at, caller) -> Edit.directory(tree, at, filter.of(source.tree.get(caller)))));
        });
        fields.add(Container.class, "withFile", (container, args, context) -> {
            File source = args.value("source", File.class);
            return edit(
                    container,
                    "withfile " + args.string("path"),
                    args.string("path"),
                    owned(
                            container,
                            args,
                            context,
                            (tree, at, caller) -> DirectoryFields.withFile(tree, at, args, source, caller)));
        });
        fields.add(Container.class, "withFiles", (container, args, context) -> {
            Container changed = container;
            for (File source : args.valueList("sources", File.class)) {
                changed = edit(
                        changed,
                        "withfile " + source.name,
                        args.string("path"),
                        owned(
                                container,
                                args,
                                context,
                                (tree, at, caller) -> Edit.file(tree, at, source.name, true, source.file.get(caller))));
            }
            return changed;
        });
        fields.add(Container.class, "withNewFile", (container, args, context) -> {
            Node.Regular file = DirectoryFields.newFile(args, context);
            return edit(
                    container,
                    "withNewFile " + args.string("path"),
                    args.string("path"),
                    owned(container, args, context, (tree, at, caller) -> Edit.file(tree, at, "", false, file)));
        });
        fields.add(Container.class, "withSymlink", (container, args, context) -> {
            Node.Link link = new Node.Link(Path.of(args.string("target")));
            return edit(container, "symlink", args.string("linkName"), (tree, at, caller) -> tree.with(at, link));
        });
        fields.add(
                Container.class,
                "withoutDirectory",
                (container, args, context) -> without(container, args.string("path")));
        fields.add(
                Container.class, "withoutFile", (container, args, context) -> without(container, args.string("path")));
        fields.add(Container.class, "withoutFiles", (container, args, context) -> {
            Container changed = container;
            for (String path : args.strings("paths")) {
                changed = without(changed, path);
            }
            return changed;
        });
        fields.add(
                Container.class,
                "directory",
                (container, args, context) ->
                        new Directory(directory(container, args.string("path")), container.history));
        fields.add(Container.class, "file", (container, args, context) -> file(container, args.string("path")));
        fields.add(
                Container.class,
                "exists",
                (container, args, context) ->
                        Stats.exists(find(container, args, context), args.string("expectedType")));
        fields.add(
                Container.class,
                "stat",
                (container, args, context) -> find(container, args, context)
                        .map(node -> new Value.Stat(name(args.string("path")), node))
                        .orElse(null));
    }

    static String name(String path) {
        Path name = Path.of(path).getFileName();
        return name == null ? "/" : name.toString();
    }

    private static Optional<Node> find(Container container, Args args, Fields.Context context) {
        Path path = container.spec.resolve(args.string("path"));
        boolean follow = !args.flag("doNotFollowSymlinks");
        Optional<Mounted> mounted = mounted(container, path);
        if (mounted.isPresent()) {
            Path inside = mounted.get().at().relativize(path);
            return Stats.find(tree(mounted.get(), context.caller()), inside.toString(), follow, false);
        }
        return Stats.find(container.root.get(context.caller()), path.toString(), follow, true);
    }

    private static Lazy<Dir> directory(Container container, String given) {
        Path path = container.spec.resolve(given);
        Optional<Mounted> mounted = mounted(container, path);
        if (mounted.isPresent()) {
            Path inside = mounted.get().at().relativize(path);
            return Lazy.once(
                    caller -> DirectoryFields.below(tree(mounted.get(), caller), inside.toString(), path.toString()));
        }
        return Lazy.once(caller -> DirectoryFields.below(container.root.get(caller), path.toString(), path.toString()));
    }

    private static File file(Container container, String given) {
        Path path = container.spec.resolve(given);
        Path name = path.getFileName();
        Lazy<Dir> parent = directory(container, String.valueOf(path.getParent()));
        return new File(String.valueOf(name), Lazy.once(caller -> {
            Optional<Mounted> mounted = mounted(container, path);
            if (mounted.isPresent()
                    && mounted.get().at().equals(path)
                    && mounted.get().mount().get(caller) instanceof Mount.One one
                    && one.file() instanceof Node.Regular regular) {
                return regular;
            }
            if (mounted.isEmpty()) {
                return DirectoryFields.regular(container.root.get(caller), path.toString());
            }
            return DirectoryFields.regular(parent.get(caller), String.valueOf(name));
        }));
    }

    private static Container without(Container container, String path) {
        return edit(container, "without " + path, path, (tree, at, caller) -> DirectoryFields.without(tree, at));
    }

    /** A change that gives files to somebody, who has to be known in the container. */
    private static Change owned(Container container, Args args, Fields.Context context, Change change) {
        String owner = args.string("owner");
        return (tree, at, caller) -> {
            try {
                Users.needOwner(context.engine().blobs, container.root.get(caller), owner);
            } catch (GraphFailure unknown) {
                throw new GraphFailure("failed to resolve ownership for " + owner + ": " + unknown.getMessage());
            }
            return change.apply(tree, at, caller);
        };
    }

    private static Container edit(Container container, String createdBy, String given, Change change) {
        Path path = container.spec.resolve(given);
        Optional<Mounted> mounted = mounted(container, path);
        if (mounted.isPresent()) {
            Mounted old = mounted.get();
            Path inside = old.at().relativize(path);
            Mounted changed = new Mounted(
                    old.at(),
                    Lazy.once(caller -> new Mount.Tree(old.at(), change.apply(tree(old, caller), inside, caller))));
            return ContainerFields.config(
                    container, spec -> spec.mounts.replaceAll(one -> one.at().equals(old.at()) ? changed : one));
        }
        Lazy<Dir> root =
                Lazy.once(caller -> change.apply(container.root.get(caller), Paths.inside(path.toString()), caller));
        return new Container(root, container.history.and(createdBy), container.spec, container.done);
    }

    /** The innermost mount over a path. */
    private static Optional<Mounted> mounted(Container container, Path path) {
        Mounted innermost = null;
        for (Mounted mounted : container.spec.mounts) {
            if (path.startsWith(mounted.at())
                    && (innermost == null || mounted.at().startsWith(innermost.at()))) {
                innermost = mounted;
            }
        }
        return Optional.ofNullable(innermost);
    }

    private static Dir tree(Mounted mounted, Caller caller) {
        Mount mount = mounted.mount().get(caller);
        if (mount instanceof Mount.Tree tree) {
            return tree.tree();
        }
        throw new GraphFailure(
                mounted.at() + ": cannot retrieve path from a " + (mount instanceof Mount.Cache ? "cache" : "mount"));
    }
}
