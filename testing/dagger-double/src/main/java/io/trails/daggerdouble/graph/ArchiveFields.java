package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.tree.Disk;
import io.trails.daggerdouble.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class ArchiveFields {

    private ArchiveFields() {}

    static void addTo(Fields fields) {
        fields.add(Container.class, "asTarball", (container, args, context) -> tarball(container, context.engine()));
        fields.add(
                Container.class,
                "export",
                (container, args, context) -> DirectoryFields.export(
                        tarball(container, context.engine()).file.get(context.caller()), args, context, false));
        fields.add(Container.class, "import", (container, args, context) -> {
            File source = args.value("source", File.class);
            Node.Regular file = source.file.get(context.caller());
            Archive.Read read = with(context.engine(), folder -> {
                Path archive = folder.resolve("archive");
                Disk.write(context.engine().blobs, file, archive);
                return new Archive(context.engine().blobs, folder).read(archive);
            });
            return new Container(
                    Lazy.of(read.root()),
                    History.of("imported"),
                    container.spec.with(spec -> apply(read.config(), spec)),
                    null);
        });
    }

    private static File tarball(Container container, Engine engine) {
        return new File(
                "image.tar",
                Lazy.once(caller -> with(engine, folder -> {
                    Path archive = new Archive(engine.blobs, folder)
                            .write(container.root.get(caller), container.spec, container.history.layers());
                    return new Node.Regular(engine.blobs.add(archive), 0600, 0);
                })));
    }

    private static void apply(Map<?, ?> config, Spec spec) {
        for (String variable : strings(config.get("Env"))) {
            String[] parts = variable.split("=", 2);
            spec.env.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        spec.user = config.get("User") instanceof String user ? user : "";
        spec.workdir = Path.of("/").resolve(config.get("WorkingDir") instanceof String workdir ? workdir : "");
        spec.entrypoint = strings(config.get("Entrypoint"));
        spec.defaultArgs = strings(config.get("Cmd"));
        if (config.get("Labels") instanceof Map<?, ?> labels) {
            labels.forEach((name, value) -> spec.labels.put((String) name, String.valueOf(value)));
        }
    }

    private static List<String> strings(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    private interface Work<T> {
        T in(Path folder) throws IOException;
    }

    private static <T> T with(Engine engine, Work<T> work) {
        try {
            Path folder = Files.createTempDirectory(engine.directory.resolve("scratch"), "archive");
            try {
                return work.in(folder);
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw new GraphFailure("failed to handle archive: " + e.getMessage());
        }
    }
}
