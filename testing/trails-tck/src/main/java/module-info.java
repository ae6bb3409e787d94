/**
 * Contract tests that the author of a trails provider extends.
 *
 * <p>Still empty: the contracts arrive together with the first providers.
 */
module io.trails.tck {
    requires transitive io.trails;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
}
