package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.tree.Node;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

final class FileFields {

    private static final int CONTENTS = 128 << 20;

    private FileFields() {}

    static void addTo(Fields fields) {
        fields.add(File.class, "name", (file, args, context) -> file.name);
        fields.add(File.class, "size", (file, args, context) ->
                (int) file.file.get(context.caller()).blob().size());
        fields.add(
                File.class,
                "digest",
                (file, args, context) ->
                        "sha256:" + file.file.get(context.caller()).blob().sha());
        fields.add(File.class, "sync", (file, args, context) -> {
            file.file.get(context.caller());
            return file;
        });
        fields.add(File.class, "contents", (file, args, context) -> contents(file, args, context));
        fields.add(
                File.class,
                "stat",
                (file, args, context) -> new Value.Stat(file.name, file.file.get(context.caller())));
        fields.add(File.class, "withName", (file, args, context) -> new File(args.string("name"), file.file));
        fields.add(
                File.class,
                "export",
                (file, args, context) -> DirectoryFields.export(file.file.get(context.caller()), args, context, false));
    }

    private static String contents(File file, Args args, Fields.Context context) {
        Node.Regular regular = file.file.get(context.caller());
        if (regular.blob().size() > CONTENTS) {
            throw new GraphFailure("file size " + regular.blob().size() + " exceeds limit " + CONTENTS);
        }
        String text = new String(context.engine().blobs.read(regular.blob(), CONTENTS), StandardCharsets.UTF_8);
        if (!args.has("offsetLines") && !args.has("limitLines")) {
            return text;
        }
        return text.lines()
                .skip(args.number("offsetLines", 0))
                .limit(args.number("limitLines", Integer.MAX_VALUE))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
