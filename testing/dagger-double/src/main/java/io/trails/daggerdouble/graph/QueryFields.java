package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.CacheVolume;
import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.graph.Value.File;
import io.trails.daggerdouble.graph.Value.Root;
import io.trails.daggerdouble.graph.Value.Secret;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;

final class QueryFields {

    private QueryFields() {}

    static void addTo(Fields fields) {
        fields.add(
                Root.class,
                "version",
                (root, args, context) -> context.engine().release.version());
        fields.add(Root.class, "defaultPlatform", (root, args, context) -> "linux/amd64");
        fields.add(
                Root.class,
                "container",
                (root, args, context) -> new Container(Lazy.of(Dir.EMPTY), History.NONE, new Spec(), null));
        fields.add(Root.class, "directory", (root, args, context) -> new Directory(Lazy.of(Dir.EMPTY), History.NONE));
        fields.add(
                Root.class,
                "file",
                (root, args, context) -> new File(
                        args.string("name"),
                        Lazy.of(new Node.Regular(
                                context.engine().blobs.add(args.string("contents")),
                                args.number("permissions", 0644),
                                0))));
        fields.add(Root.class, "host", (root, args, context) -> new Value.Host());
        fields.add(Root.class, "engine", (root, args, context) -> new Value.Engine());
        fields.add(Root.class, "cacheVolume", (root, args, context) -> new CacheVolume(args.string("key")));
        fields.add(
                Root.class,
                "setSecret",
                (root, args, context) -> new Secret(args.string("name"), args.string("plaintext")));
        fields.add(Secret.class, "name", (secret, args, context) -> secret.name);
        fields.add(Secret.class, "plaintext", (secret, args, context) -> secret.plaintext);
    }
}
