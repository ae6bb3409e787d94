/**
 * trails: isolated sessions for AI coding agents.
 *
 * <p>{@code io.trails} is the API a host program calls, {@code io.trails.spi} the interfaces a provider implements.
 */
module io.trails {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;

    exports io.trails;
    exports io.trails.spi;

    uses io.trails.spi.Provider;

    provides io.trails.spi.Provider with
            io.trails.internal.host.HostSandboxProvider,
            io.trails.internal.terminal.HeadlessTerminalProvider,
            io.trails.internal.workspace.InPlaceWorkspaceProvider;
}
