/**
 * Sandboxes for trails that run in containers of the Dagger Engine.
 *
 * <p>Still empty: the provider {@code dagger} arrives in a later release, and until then this module adds nothing.
 */
@SuppressWarnings("requires-automatic") // JGit has an automatic module name and no descriptor.
module io.trails.dagger {
    requires io.trails;
    requires java.net.http;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static transitive org.jspecify;
}
