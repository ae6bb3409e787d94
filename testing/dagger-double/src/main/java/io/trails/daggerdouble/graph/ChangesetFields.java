package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Changeset;
import io.trails.daggerdouble.graph.Value.Directory;
import io.trails.daggerdouble.tree.Changes;
import io.trails.daggerdouble.tree.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

final class ChangesetFields {

    private ChangesetFields() {}

    static void addTo(Fields fields) {
        get(fields, "addedPaths", Changes::added);
        get(fields, "modifiedPaths", Changes::modified);
        get(fields, "removedPaths", Changes::removed);
        get(fields, "isEmpty", Changes::isEmpty);
        fields.add(Changeset.class, "before", (changeset, args, context) -> changeset.before);
        fields.add(Changeset.class, "after", (changeset, args, context) -> changeset.after);
        fields.add(
                Changeset.class,
                "layer",
                (changeset, args, context) -> new Directory(
                        Lazy.once(caller -> changeset.changes.get(caller).layer()), History.of("Changeset.layer")));
        fields.add(Changeset.class, "sync", (changeset, args, context) -> {
            changeset.changes.get(context.caller());
            return changeset;
        });
        fields.add(Changeset.class, "export", (changeset, args, context) -> {
            Changes changes = changeset.changes.get(context.caller());
            Path to = context.caller().session().workdir().resolve(args.string("path"));
            try {
                for (String removed : changes.removed()) {
                    Disk.delete(to.resolve(removed));
                }
            } catch (IOException e) {
                throw new GraphFailure("failed to export: " + e);
            }
            return DirectoryFields.export(changes.layer(), args, context, false);
        });
    }

    private static void get(Fields fields, String name, Function<Changes, Object> getter) {
        fields.add(
                Changeset.class,
                name,
                (changeset, args, context) -> getter.apply(changeset.changes.get(context.caller())));
    }
}
