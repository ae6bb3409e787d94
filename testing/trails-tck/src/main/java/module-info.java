/** Contract tests that the author of a trails provider extends. */
module io.trails.tck {
    requires transitive io.trails;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires org.assertj.core;

    exports io.trails.tck;

    opens io.trails.tck to
            org.junit.platform.commons;

    uses io.trails.spi.Provider;
}
