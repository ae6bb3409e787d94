package io.trails.dagger.internal.graph;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory on its way. Each method gives another step and leaves this one as it is. Immutable. */
public final class DirectoryStep {
    private final Chain chain;

    DirectoryStep(Chain chain) {
        this.chain = chain;
    }

    private DirectoryStep then(String field, Argument... arguments) {
        return new DirectoryStep(chain.then(field, arguments));
    }

    public DirectoryStep directory(String path) {
        return then("directory", Argument.text("path", path));
    }

    public FileStep file(String path) {
        return new FileStep(chain.then("file", Argument.text("path", path)));
    }

    /** Copies a directory in, over what is there. */
    public DirectoryStep withDirectory(String path, DirectoryId source, Optional<String> owner) {
        return new DirectoryStep(chain.then(
                "withDirectory",
                owner.map(name -> Argument.text("owner", name)),
                Argument.text("path", path),
                Argument.id("source", source)));
    }

    /**
     * Copies a directory in but for what patterns match. Without a pattern, engines before 0.21 copy nothing where an empty
     * directory is to become a whole other one: it is the other one then, with all its layers.
     */
    public DirectoryStep withDirectory(String path, DirectoryId source, List<String> exclude) {
        return then(
                "withDirectory",
                Argument.text("path", path),
                Argument.id("source", source),
                Argument.texts("exclude", exclude));
    }

    public DirectoryStep withoutDirectory(String path) {
        return then("withoutDirectory", Argument.text("path", path));
    }

    public DirectoryStep withoutFile(String path) {
        return then("withoutFile", Argument.text("path", path));
    }

    public DirectoryStep withoutFiles(List<String> paths) {
        return then("withoutFiles", Argument.texts("paths", paths));
    }

    /** Copies a file in. */
    public DirectoryStep withFile(String path, FileId source, Optional<String> owner) {
        return new DirectoryStep(chain.then(
                "withFile",
                owner.map(name -> Argument.text("owner", name)),
                Argument.text("path", path),
                Argument.id("source", source)));
    }

    /**
     * Writes a file of text.
     *
     * @param permissions such as {@code 0644}
     */
    public DirectoryStep withNewFile(String path, String contents, int permissions) {
        return then(
                "withNewFile",
                Argument.text("path", path),
                Argument.text("contents", contents),
                Argument.whole("permissions", permissions));
    }

    /**
     * A part of the directory.
     *
     * @param exclude patterns of what is left out
     * @param include patterns of what is kept, none for everything
     */
    public DirectoryStep filter(List<String> exclude, List<String> include) {
        return then("filter", Argument.texts("exclude", exclude), Argument.texts("include", include));
    }

    /** What became of another directory on the way to this one. */
    public ChangesetStep changes(DirectoryId from) {
        return new ChangesetStep(chain.then("changes", Argument.id("from", from)));
    }

    public Leaf<DirectoryId> id() {
        return Leaf.id(chain.then("id"), DirectoryId::new);
    }

    /** The id, once all that makes the directory has run. */
    public Leaf<DirectoryId> sync() {
        return Leaf.id(chain.then("sync"), DirectoryId::new);
    }

    /** Writes over a directory of the host, removes nothing there, and answers with the path. */
    public Leaf<String> export(Path target) {
        return Leaf.text(chain.then("export", HostPath.argument(target)));
    }

    /** Names in the directory itself; those of directories may end with a slash. */
    public Leaf<List<String>> entries() {
        return Leaf.texts(chain.then("entries"));
    }

    public Leaf<List<String>> glob(String pattern) {
        return Leaf.texts(chain.then("glob", Argument.text("pattern", pattern)));
    }

    public Leaf<Boolean> exists(String path) {
        return Leaf.truth(chain.then("exists", Argument.text("path", path)));
    }
}
