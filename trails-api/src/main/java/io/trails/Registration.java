package io.trails;

/** Something that stays registered until it is closed. Thread-safe; closing twice does nothing. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
