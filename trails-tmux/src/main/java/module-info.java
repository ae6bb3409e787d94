/** Terminals for trails that are held by tmux: they outlive the host, and a person can attach to them. */
module io.trails.tmux {
    requires transitive io.trails;
    requires org.jline.terminal;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports io.trails.tmux;

    provides io.trails.spi.Provider with
            io.trails.tmux.TmuxTerminalProvider;
}
