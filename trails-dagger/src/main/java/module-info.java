/**
 * Sandboxes for trails that run in containers of the Dagger Engine, over its public GraphQL API. The provider is found as a service,
 * and needs no mention in the program's own module: sessions in mode {@code container} use it where there is an engine.
 */
@SuppressWarnings("requires-automatic") // JGit has an automatic module name and no descriptor.
module io.trails.dagger {
    requires transitive io.trails;
    requires java.net.http;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports io.trails.dagger;

    provides io.trails.spi.Provider with
            io.trails.dagger.DaggerSandboxProvider;
}
