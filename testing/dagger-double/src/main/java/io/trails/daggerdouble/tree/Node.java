package io.trails.daggerdouble.tree;

import java.nio.file.Path;

/** A file, directory or link in a tree. Immutable. */
public sealed interface Node permits Node.Regular, Node.Link, Node.Pipe, Dir {

    int mode();

    /** What is the same for nodes that a container can't tell apart, times aside. */
    String digest();

    record Regular(Blob blob, int mode, long mtime) implements Node {

        @Override
        public String digest() {
            return "f" + mode + ":" + blob.sha();
        }
    }

    record Link(Path target) implements Node {

        @Override
        public int mode() {
            return 0777;
        }

        @Override
        public String digest() {
            return "l" + target;
        }
    }

    record Pipe(int mode) implements Node {

        @Override
        public String digest() {
            return "p" + mode;
        }
    }
}
