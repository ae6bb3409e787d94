package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Mount;
import io.trails.daggerdouble.tree.Blob;
import io.trails.daggerdouble.tree.Changes;
import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of the API: what a field gave, with the call that gave it. */
abstract class Value {

    @Nullable
    Call call;

    /** Its name in the schema. */
    abstract String type();

    static final class Root extends Value {
        @Override
        String type() {
            return "Query";
        }
    }

    static final class Host extends Value {
        @Override
        String type() {
            return "Host";
        }
    }

    static final class Engine extends Value {
        @Override
        String type() {
            return "Engine";
        }
    }

    static final class EngineCache extends Value {
        @Override
        String type() {
            return "EngineCache";
        }
    }

    static final class CacheSet extends Value {
        @Override
        String type() {
            return "EngineCacheEntrySet";
        }
    }

    static final class Container extends Value {
        final Lazy<Dir> root;
        final Spec spec;
        final @Nullable Lazy<Done> done;

        /** Of its root. */
        final History history;

        Container(Lazy<Dir> root, History history, Spec spec, @Nullable Lazy<Done> done) {
            this.root = root;
            this.history = history;
            this.spec = spec;
            this.done = done;
        }

        @Override
        String type() {
            return "Container";
        }
    }

    static final class Directory extends Value {
        final Lazy<Dir> tree;
        final History history;

        Directory(Lazy<Dir> tree, History history) {
            this.tree = tree;
            this.history = history;
        }

        @Override
        String type() {
            return "Directory";
        }
    }

    static final class File extends Value {
        final String name;
        final Lazy<Node.Regular> file;

        File(String name, Lazy<Node.Regular> file) {
            this.name = name;
            this.file = file;
        }

        @Override
        String type() {
            return "File";
        }
    }

    static final class Changeset extends Value {
        final Directory before;
        final Directory after;
        final Lazy<Changes> changes;

        Changeset(Directory before, Directory after) {
            this.before = before;
            this.after = after;
            this.changes = Lazy.once(caller -> new Changes(before.tree.get(caller), after.tree.get(caller)));
        }

        @Override
        String type() {
            return "Changeset";
        }
    }

    static final class Secret extends Value {
        final String name;
        final String plaintext;

        Secret(String name, String plaintext) {
            this.name = name;
            this.plaintext = plaintext;
        }

        @Override
        String type() {
            return "Secret";
        }
    }

    static final class Socket extends Value {
        final Path host;

        Socket(Path host) {
            this.host = host;
        }

        @Override
        String type() {
            return "Socket";
        }
    }

    static final class CacheVolume extends Value {
        final String key;

        CacheVolume(String key) {
            this.key = key;
        }

        @Override
        String type() {
            return "CacheVolume";
        }
    }

    static final class Stat extends Value {
        final String name;
        final Node node;

        Stat(String name, Node node) {
            this.name = name;
            this.node = node;
        }

        @Override
        String type() {
            return "Stat";
        }
    }

    static final class Port extends Value {
        final int port;
        final String protocol;
        final boolean skipHealthcheck;

        Port(int port, String protocol, boolean skipHealthcheck) {
            this.port = port;
            this.protocol = protocol;
            this.skipHealthcheck = skipHealthcheck;
        }

        @Override
        String type() {
            return "Port";
        }
    }

    static final class EnvVariable extends Value {
        final String name;
        final String value;

        EnvVariable(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        String type() {
            return "EnvVariable";
        }
    }

    /** What the last command of a container left. */
    record Done(Dir root, Map<Path, Dir> mounts, int exitCode, Blob stdout, Blob stderr) {}

    /** A mount before what it needs is there. */
    record Mounted(Path at, Lazy<Mount> mount) {}
}
