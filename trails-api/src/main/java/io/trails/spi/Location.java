package io.trails.spi;

/**
 * Where a workspace's files are. The joint between workspace and sandbox: a workspace publishes one, a sandbox says which
 * types it accepts. {@link HostDirectory} is the common one; a provider may bring its own immutable type.
 */
public interface Location {
    /**
     * The location for a person.
     *
     * @return such as a path
     */
    String describe();
}
