package io.trails.dagger.internal.graph;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A container on its way. Each method gives another step and leaves this one as it is. Immutable. */
public final class ContainerStep {
    private final Chain chain;

    ContainerStep(Chain chain) {
        this.chain = chain;
    }

    private ContainerStep then(String field, Argument... arguments) {
        return new ContainerStep(chain.then(field, arguments));
    }

    private static Optional<Argument> owned(Optional<String> owner) {
        return owner.map(name -> Argument.text("owner", name));
    }

    /** The image at an address of a registry. */
    public ContainerStep from(String address) {
        return then("from", Argument.text("address", address));
    }

    /** The image in an archive of OCI's layout. */
    public ContainerStep importArchive(FileId archive) {
        return then("import", Argument.id("source", archive));
    }

    public ContainerStep withRootfs(DirectoryId root) {
        return then("withRootfs", Argument.id("directory", root));
    }

    public ContainerStep withEnvVariable(String name, String value) {
        return then("withEnvVariable", Argument.text("name", name), Argument.text("value", value));
    }

    public ContainerStep withoutEnvVariable(String name) {
        return then("withoutEnvVariable", Argument.text("name", name));
    }

    public ContainerStep withSecretVariable(String name, SecretId secret) {
        return then("withSecretVariable", Argument.text("name", name), Argument.id("secret", secret));
    }

    public ContainerStep withWorkdir(String path) {
        return then("withWorkdir", Argument.text("path", path));
    }

    /**
     * Whoever commands run as from now on.
     *
     * @param name of a user or its number, each optionally with {@code :group}; a number alone has group 0
     */
    public ContainerStep withUser(String name) {
        return then("withUser", Argument.text("name", name));
    }

    public ContainerStep withEntrypoint(List<String> args) {
        return then("withEntrypoint", Argument.texts("args", args));
    }

    /** Copies a directory in, over what is there. */
    public ContainerStep withDirectory(String path, DirectoryId source, Optional<String> owner) {
        return new ContainerStep(
                chain.then("withDirectory", owned(owner), Argument.text("path", path), Argument.id("source", source)));
    }

    public ContainerStep withoutDirectory(String path) {
        return then("withoutDirectory", Argument.text("path", path));
    }

    /** Copies a file in. */
    public ContainerStep withFile(String path, FileId source, Optional<String> owner) {
        return new ContainerStep(
                chain.then("withFile", owned(owner), Argument.text("path", path), Argument.id("source", source)));
    }

    public ContainerStep withoutFile(String path) {
        return then("withoutFile", Argument.text("path", path));
    }

    /**
     * Writes a file of text.
     *
     * @param permissions such as {@code 0644}
     */
    public ContainerStep withNewFile(String path, String contents, int permissions, Optional<String> owner) {
        return new ContainerStep(chain.then(
                "withNewFile",
                owned(owner),
                Argument.text("path", path),
                Argument.text("contents", contents),
                Argument.whole("permissions", permissions)));
    }

    public ContainerStep withMountedFile(String path, FileId source, Optional<String> owner) {
        return new ContainerStep(chain.then(
                "withMountedFile", owned(owner), Argument.text("path", path), Argument.id("source", source)));
    }

    /** Mounts a directory, whose content does not become part of the container's root. */
    public ContainerStep withMountedDirectory(String path, DirectoryId source, Optional<String> owner) {
        return new ContainerStep(chain.then(
                "withMountedDirectory", owned(owner), Argument.text("path", path), Argument.id("source", source)));
    }

    /** Mounts a cache volume, shared with everybody who mounts it meanwhile. */
    public ContainerStep withMountedCache(String path, CacheId cache, Optional<String> owner) {
        return new ContainerStep(
                chain.then("withMountedCache", owned(owner), Argument.text("path", path), Argument.id("cache", cache)));
    }

    /**
     * Mounts a file system in memory, empty for each command.
     *
     * @param size in bytes
     */
    public ContainerStep withMountedTemp(String path, OptionalLong size) {
        Optional<Argument> bounded =
                size.isPresent() ? Optional.of(Argument.whole("size", size.getAsLong())) : Optional.empty();
        return new ContainerStep(chain.then("withMountedTemp", bounded, Argument.text("path", path)));
    }

    public ContainerStep withoutMount(String path) {
        return then("withoutMount", Argument.text("path", path));
    }

    public ContainerStep withUnixSocket(String path, SocketId source, Optional<String> owner) {
        return new ContainerStep(
                chain.then("withUnixSocket", owned(owner), Argument.text("path", path), Argument.id("source", source)));
    }

    /**
     * Starts a service when a command needs it.
     *
     * @param alias the host name under which commands reach it
     */
    public ContainerStep withServiceBinding(String alias, ServiceId service) {
        return then("withServiceBinding", Argument.text("alias", alias), Argument.id("service", service));
    }

    /**
     * Makes a port of the container known.
     *
     * @param checked whether a service with this port has started only when the port answers
     */
    public ContainerStep withExposedPort(int port, Protocol protocol, boolean checked) {
        Optional<Argument> unchecked =
                checked ? Optional.empty() : Optional.of(Argument.truth("experimentalSkipHealthcheck", true));
        return new ContainerStep(chain.then(
                "withExposedPort", unchecked, Argument.whole("port", port), Argument.word("protocol", protocol)));
    }

    public ContainerStep withExec(ExecOptions options) {
        return new ContainerStep(chain.then("withExec", options.arguments()));
    }

    public DirectoryStep rootfs() {
        return new DirectoryStep(chain.then("rootfs"));
    }

    public DirectoryStep directory(String path) {
        return new DirectoryStep(chain.then("directory", Argument.text("path", path)));
    }

    public FileStep file(String path) {
        return new FileStep(chain.then("file", Argument.text("path", path)));
    }

    /**
     * The container as a program that goes on running.
     *
     * @param args none for the container's own command
     */
    public ServiceStep asService(List<String> args, boolean useEntrypoint) {
        Optional<Argument> entered =
                useEntrypoint ? Optional.of(Argument.truth("useEntrypoint", true)) : Optional.empty();
        return new ServiceStep(chain.then("asService", entered, Argument.texts("args", args)));
    }

    /** As an archive of OCI's layout. */
    public FileStep asTarball() {
        return new FileStep(chain.then("asTarball"));
    }

    public Leaf<ContainerId> id() {
        return Leaf.id(chain.then("id"), ContainerId::new);
    }

    /** The id, once the container's commands have run. */
    public Leaf<ContainerId> sync() {
        return Leaf.id(chain.then("sync"), ContainerId::new);
    }

    /** Of the last command. */
    public Leaf<Integer> exitCode() {
        return Leaf.integer(chain.then("exitCode"));
    }

    /** Of the last command. */
    public Leaf<String> stdout() {
        return Leaf.text(chain.then("stdout"));
    }

    /** Of the last command. */
    public Leaf<String> stderr() {
        return Leaf.text(chain.then("stderr"));
    }

    /** Empty for the superuser that nobody named. */
    public Leaf<String> user() {
        return Leaf.text(chain.then("user"));
    }

    public Leaf<String> workdir() {
        return Leaf.text(chain.then("workdir"));
    }

    public Leaf<List<String>> entrypoint() {
        return Leaf.texts(chain.then("entrypoint"));
    }

    /** In the form {@code linux/amd64}. */
    public Leaf<String> platform() {
        return Leaf.text(chain.then("platform"));
    }

    public Leaf<Boolean> exists(String path) {
        return Leaf.truth(chain.then("exists", Argument.text("path", path)));
    }
}
