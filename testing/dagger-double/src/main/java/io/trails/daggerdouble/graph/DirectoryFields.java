package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Changeset;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.scene.Faults;
import io.trails.daggerdouble.tree.Changes;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Edit;
import io.trails.daggerdouble.tree.Export;
import io.trails.daggerdouble.tree.Filter;
import io.trails.daggerdouble.tree.Glob;
import io.trails.daggerdouble.tree.Node;
import io.trails.daggerdouble.tree.Paths;
import java.io.IOException;
import java.nio.file.Path;

final class DirectoryFields {

    /** As an engine calls what it copied. */
    private static final String COPY = "Directory.withDirectory";

    private DirectoryFields() {}

    private interface Change {
        Dir apply(Dir tree, Path at, Caller caller);
    }

    static void addTo(Fields fields) {
        Stats.addTo(fields);
        fields.add(Directory.class, "directory", (directory, args, context) -> {
            String path = args.string("path");
            return new Directory(Lazy.once(caller -> below(directory.tree.get(caller), path, path)), directory.history);
        });
        fields.add(Directory.class, "file", (directory, args, context) -> {
            String path = args.string("path");
            return new File(ContainerFiles.name(path), Lazy.once(caller -> regular(directory.tree.get(caller), path)));
        });
        edits(fields);
        fields.add(
                Directory.class,
                "entries",
                (directory, args, context) -> Glob.entries(
                        below(directory.tree.get(context.caller()), args.string("path"), args.string("path"))));
        fields.add(
                Directory.class,
                "glob",
                (directory, args, context) ->
                        Glob.matches(directory.tree.get(context.caller()), args.string("pattern")));
        fields.add(Directory.class, "filter", (directory, args, context) -> {
            Filter filter = filter(args);
            return new Directory(Lazy.once(caller -> filter.of(directory.tree.get(caller))), History.of(COPY));
        });
        fields.add(Directory.class, "diff", (directory, args, context) -> {
            Directory other = args.value("other", Directory.class);
            return new Directory(
                    Lazy.once(caller -> new Changes(directory.tree.get(caller), other.tree.get(caller)).layer()),
                    History.of("directory diff"));
        });
        fields.add(
                Directory.class,
                "changes",
                (directory, args, context) -> new Changeset(args.value("from", Directory.class), directory));
        fields.add(
                Directory.class,
                "digest",
                (directory, args, context) -> "sha256:"
                        + directory.tree.get(context.caller()).digest().replaceFirst(".*:", ""));
        fields.add(Directory.class, "name", (directory, args, context) -> "/");
        fields.add(Directory.class, "sync", (directory, args, context) -> {
            directory.tree.get(context.caller());
            return directory;
        });
        fields.add(
                Directory.class,
                "exists",
                (directory, args, context) -> Stats.exists(
                        Stats.find(
                                directory.tree.get(context.caller()),
                                args.string("path"),
                                !args.flag("doNotFollowSymlinks"),
                                false),
                        args.string("expectedType")));
        fields.add(
                Directory.class,
                "stat",
                (directory, args, context) -> Stats.find(
                                directory.tree.get(context.caller()),
                                args.string("path"),
                                !args.flag("doNotFollowSymlinks"),
                                false)
                        .map(node -> new Value.Stat(ContainerFiles.name(args.string("path")), node))
                        .orElse(null));
        fields.add(
                Directory.class,
                "export",
                (directory, args, context) ->
                        export(directory.tree.get(context.caller()), args, context, args.flag("wipe")));
    }

    private static void edits(Fields fields) {
        edit(fields, "withDirectory", (args, context) -> {
            Directory source = source(args);
            Filter filter = filter(args);
            return (tree, at, caller) -> Edit.directory(tree, at, filter.of(source.tree.get(caller)));
        });
        edit(fields, "withFile", (args, context) -> {
            File source = args.value("source", File.class);
            return (tree, at, caller) -> withFile(tree, at, args, source, caller);
        });
        edit(fields, "withFiles", (args, context) -> (tree, at, caller) -> {
            Dir changed = tree;
            for (File source : args.valueList("sources", File.class)) {
                changed = Edit.file(changed, at, source.name, true, source.file.get(caller));
            }
            return changed;
        });
        edit(fields, "withNewFile", (args, context) -> {
            Node.Regular file = newFile(args, context);
            return (tree, at, caller) -> Edit.file(tree, at, "", false, file);
        });
        edit(fields, "withNewDirectory", (args, context) -> (tree, at, caller) -> {
            int mode = args.number("permissions", 0644);
            return Edit.directory(tree, at, Dir.EMPTY.withMode(mode == 0644 ? 0755 : mode));
        });
        edit(fields, "withoutDirectory", (args, context) -> (tree, at, caller) -> without(tree, at));
        edit(fields, "withoutFile", (args, context) -> (tree, at, caller) -> without(tree, at));
        edit(fields, "withoutFiles", (args, context) -> (tree, at, caller) -> {
            Dir changed = tree;
            for (String path : args.strings("paths")) {
                changed = without(changed, Paths.inside(path));
            }
            return changed;
        });
        edit(
                fields,
                "withSymlink",
                (args, context) -> (tree, at, caller) -> tree.with(
                        Paths.inside(args.string("linkName")), new Node.Link(Path.of(args.string("target")))));
        edit(fields, "withChanges", (args, context) -> {
            Changeset changeset = args.value("changes", Changeset.class);
            return (tree, at, caller) -> {
                Changes changes = changeset.changes.get(caller);
                Dir changed = tree;
                for (String path : changes.removed()) {
                    changed = Edit.without(changed, Paths.inside(path));
                }
                return Edit.directory(changed, Path.of(""), changes.layer());
            };
        });
    }

    private interface Maker {
        Change of(Args args, Fields.Context context);
    }

    private static void edit(Fields fields, String name, Maker maker) {
        fields.add(Directory.class, name, (directory, args, context) -> {
            Change change = maker.of(args, context);
            Path at = Paths.inside(args.string("path"));
            return new Directory(
                    Lazy.once(caller -> change.apply(directory.tree.get(caller), at, caller)),
                    name.equals("withDirectory") && isReused(directory, at, args, context)
                            ? source(args).history
                            : directory.history.and(name.equals("withDirectory") ? COPY : name));
        });
    }

    /** Before 0.21 a whole directory in an empty one is no copy: it stays as many layers as it was. */
    private static boolean isReused(Directory into, Path at, Args args, Fields.Context context) {
        return !context.engine().release.hasHandles()
                && into.history.depth == 0
                && at.toString().isEmpty()
                && args.strings("include").isEmpty()
                && args.strings("exclude").isEmpty()
                && args.string("owner").isEmpty();
    }

    private static Directory source(Args args) {
        return args.value(args.has("source") ? "source" : "directory", Directory.class);
    }

    static Filter filter(Args args) {
        try {
            return new Filter(args.strings("include"), args.strings("exclude"));
        } catch (IllegalArgumentException e) {
            throw new GraphFailure("failed to match patterns: " + e.getMessage());
        }
    }

    static Dir without(Dir tree, Path at) {
        try {
            return Edit.without(tree, at);
        } catch (IllegalArgumentException e) {
            throw new GraphFailure("failed to remove: " + e.getMessage());
        }
    }

    static Dir withFile(Dir tree, Path at, Args args, File source, Caller caller) {
        Node.Regular file = source.file.get(caller);
        Integer mode = args.number("permissions");
        Node.Regular placed = mode == null ? file : new Node.Regular(file.blob(), mode, file.mtime());
        return Edit.file(tree, at, source.name, args.string("path").endsWith("/"), placed);
    }

    static Node.Regular newFile(Args args, Fields.Context context) {
        long now = System.currentTimeMillis() * 1_000_000;
        return new Node.Regular(
                context.engine().blobs.add(args.string("contents")), args.number("permissions", 0644), now);
    }

    static Dir below(Dir tree, String path, String named) {
        Node found = Paths.find(tree, Paths.inside(path), true)
                .orElseThrow(() -> new GraphFailure("lstat " + named + ": no such file or directory"));
        if (found instanceof Dir dir) {
            return dir;
        }
        throw new GraphFailure("path " + named + " is a file, not a directory");
    }

    static Node.Regular regular(Dir tree, String path) {
        Node found = Paths.find(tree, Paths.inside(path), true)
                .orElseThrow(() -> new GraphFailure("lstat " + path + ": no such file or directory"));
        if (found instanceof Node.Regular file) {
            return file;
        }
        throw new GraphFailure("path " + path + " is not a file");
    }

    static String export(Node node, Args args, Fields.Context context, boolean wipe) {
        Path to = context.caller()
                .session()
                .workdir()
                .resolve(args.string("path"))
                .normalize();
        try {
            Faults faults = context.engine().faults;
            new Export(context.engine().blobs, faults.exportsAsUser(), faults.room()).write(node, to, wipe);
        } catch (IOException e) {
            throw new GraphFailure("failed to export: " + e);
        }
        return to.toString();
    }
}
