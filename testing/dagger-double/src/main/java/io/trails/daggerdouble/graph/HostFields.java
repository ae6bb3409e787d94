package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Fields.Context;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.graph.Value.Host;
import io.trails.daggerdouble.graph.Value.Socket;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Filter;
import io.trails.daggerdouble.tree.Node;
import io.trails.daggerdouble.tree.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class HostFields {

    private static final long HEADER = 1_048_896;
    private static final int HEADER_ENTRY = 50;

    private HostFields() {}

    static void addTo(Fields fields) {
        fields.add(Host.class, "directory", (host, args, context) -> {
            Dir taken = directory(args, context);
            String name = "local dir " + path(args, context) + " (include: " + args.strings("include") + ") (exclude "
                    + args.strings("exclude") + ")";
            return new Directory(Lazy.of(taken), History.of(name));
        });
        fields.add(Host.class, "file", (host, args, context) -> {
            Path path = path(args, context);
            if (upload(path, args, context) instanceof Node.Regular file) {
                return new File(path.getFileName().toString(), Lazy.of(file));
            }
            throw new GraphFailure("lstat " + path + ": no such file or directory");
        });
        fields.add(Host.class, "unixSocket", (host, args, context) -> new Socket(path(args, context)));
    }

    private static Dir directory(Args args, Context context) {
        Path path = path(args, context);
        if (upload(path, args, context) instanceof Dir dir) {
            return dir;
        }
        throw new GraphFailure("lstat " + path + ": no such file or directory");
    }

    /** What lies on the host: the first answer of a session is kept for it, unless that is refused. */
    private static @Nullable Node upload(Path path, Args args, Context context) {
        if (args.flag("noCache")) {
            return take(path, args, context);
        }
        String key = path + "\n" + args.strings("include") + "\n" + args.strings("exclude");
        return context.caller().session().uploads.computeIfAbsent(key, ignored -> take(path, args, context));
    }

    private static @Nullable Node take(Path path, Args args, Context context) {
        Engine engine = context.engine();
        Filter filter = filter(args);
        try {
            return new Upload(engine.blobs, filter, engine.seen).take(path);
        } catch (IOException e) {
            throw new GraphFailure("failed to sync " + path + ": " + e);
        }
    }

    /** Patterns for the host travel in a header, which has its limits. */
    private static Filter filter(Args args) {
        long size = 0;
        for (String name : List.of("include", "exclude")) {
            for (String pattern : args.strings(name)) {
                size += pattern.getBytes(StandardCharsets.UTF_8).length + HEADER_ENTRY;
                if (pattern.chars().anyMatch(c -> c < ' ' || c == 127)) {
                    throw new GraphFailure(
                            "header key \"" + name + "-patterns\" contains value with non-printable ASCII characters");
                }
            }
        }
        if (size > HEADER) {
            throw new GraphFailure(
                    "header list size to send violates the maximum size (" + HEADER + " bytes) set by server");
        }
        return DirectoryFields.filter(args);
    }

    private static Path path(Args args, Context context) {
        return context.caller().session().workdir().resolve(args.string("path")).normalize();
    }
}
