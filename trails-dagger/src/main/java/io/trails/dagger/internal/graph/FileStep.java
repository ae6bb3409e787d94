package io.trails.dagger.internal.graph;

import java.nio.file.Path;

/** A file on its way. Immutable. */
public final class FileStep {
    private final Chain chain;

    FileStep(Chain chain) {
        this.chain = chain;
    }

    public Leaf<FileId> id() {
        return Leaf.id(chain.then("id"), FileId::new);
    }

    /** Writes a file of the host, and answers with the path. */
    public Leaf<String> export(Path target) {
        return Leaf.text(chain.then("export", HostPath.argument(target)));
    }

    /** In bytes. */
    public Leaf<Long> size() {
        return Leaf.whole(chain.then("size"));
    }

    /** As text; bytes that are none do not come through. */
    public Leaf<String> contents() {
        return Leaf.text(chain.then("contents"));
    }
}
