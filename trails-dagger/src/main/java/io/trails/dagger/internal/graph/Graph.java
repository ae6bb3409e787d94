package io.trails.dagger.internal.graph;

import java.nio.file.Path;
import java.util.List;

/** Where every request starts. */
public final class Graph {
    private Graph() {}

    /** An empty container. */
    public static ContainerStep container() {
        return new ContainerStep(Chain.start("container"));
    }

    public static ContainerStep container(ContainerId id) {
        return new ContainerStep(Chain.load(id));
    }

    /** An empty directory. */
    public static DirectoryStep directory() {
        return new DirectoryStep(Chain.start("directory"));
    }

    public static DirectoryStep directory(DirectoryId id) {
        return new DirectoryStep(Chain.load(id));
    }

    public static FileStep file(FileId id) {
        return new FileStep(Chain.load(id));
    }

    public static ServiceStep service(ServiceId id) {
        return new ServiceStep(Chain.load(id));
    }

    /**
     * A copy of a directory of the host, as it is now.
     *
     * @param path absolute
     * @param exclude patterns of what is left out
     * @param include patterns of what is taken, none for everything
     */
    public static DirectoryStep hostDirectory(Path path, List<String> exclude, List<String> include) {
        return new DirectoryStep(Chain.start("host")
                .then(
                        "directory",
                        HostPath.argument(path),
                        Argument.texts("exclude", exclude),
                        Argument.texts("include", include),
                        Argument.truth("noCache", true)));
    }

    /**
     * A copy of a file of the host, as it is now.
     *
     * @param path absolute
     */
    public static FileStep hostFile(Path path) {
        return new FileStep(Chain.start("host").then("file", HostPath.argument(path), Argument.truth("noCache", true)));
    }

    /**
     * A Unix socket on which somebody listens on the host.
     *
     * @param path absolute
     */
    public static SocketStep hostSocket(Path path) {
        return new SocketStep(Chain.start("host").then("unixSocket", HostPath.argument(path)));
    }

    /** Ports on which somebody listens on the host's loopback interface. */
    public static ServiceStep hostService(List<Port> ports) {
        var values = new Value.Items(ports.stream().map(Port::value).toList());
        return new ServiceStep(Chain.start("host").then("service", new Argument("ports", values)));
    }

    public static CacheStep cacheVolume(String key) {
        return new CacheStep(Chain.start("cacheVolume", Argument.text("key", key)));
    }

    /**
     * A secret of this engine session.
     *
     * @param name by which the engine tells secrets apart
     * @param plaintext goes into the variables of a request, never into its query
     */
    public static SecretStep secret(String name, String plaintext) {
        return new SecretStep(Chain.start(
                "setSecret", Argument.text("name", name), new Argument("plaintext", new Value.Hidden(plaintext))));
    }

    /** Of the engine. */
    public static Leaf<String> version() {
        return Leaf.text(Chain.start("version"));
    }
}
