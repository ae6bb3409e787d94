/** Sandboxes for trails that run in containers of the Dagger Engine. */
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
