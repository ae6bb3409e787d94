package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.run.Machine;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.tree.Blobs;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;
import io.trails.daggerdouble.tree.Paths;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes containers of the images that the double knows. */
final class Images {

    private static final List<String> DIRECTORIES = List.of(
            "dev", "etc", "home/agent", "opt", "proc", "root", "run", "srv", "sys", "var/lib", "var/log", "var/tmp");

    private Images() {}

    static Container from(Container container, String address, Fields.Context context) {
        Image image = context.engine().images.get(address);
        if (image == null) {
            String name = address.contains("/") ? address : "docker.io/library/" + address;
            throw new GraphFailure("failed to resolve image \"" + name + "\": " + name + ": not found");
        }
        Dir root = root(image, context.engine().blobs);
        return new Container(
                Lazy.of(root),
                History.of("pulled from " + address),
                container.spec.with(spec -> apply(image, address, spec)),
                null);
    }

    private static void apply(Image image, String address, Spec spec) {
        spec.env.putAll(image.env());
        spec.user = image.user();
        spec.workdir = Path.of("/").resolve(image.workdir());
        spec.imageRef = address + "@sha256:" + "0".repeat(64);
    }

    private static Dir root(Image image, Blobs blobs) {
        Dir root = Dir.EMPTY.with(Path.of("tmp"), Dir.EMPTY.withMode(01777));
        for (String name : DIRECTORIES) {
            root = root.with(Path.of(name), Dir.EMPTY);
        }
        root = root.with(Path.of("root"), Dir.EMPTY.withMode(0700));
        root = root.with(Path.of("usr"), image.hasPrograms() ? Dir.EMPTY : Dir.EMPTY.with(Path.of("share"), Dir.EMPTY));
        for (Map.Entry<String, String> file : image.files().entrySet()) {
            int mode = file.getValue().startsWith("#!") ? 0755 : 0644;
            root = root.with(Paths.inside(file.getKey()), new Node.Regular(blobs.add(file.getValue()), mode, 0));
        }
        return Machine.prepare(root);
    }
}
