package io.trails;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** What a command reads from its standard input. Immutable. */
public sealed interface Input {
    /**
     * Nothing: the command reads the end of its input at once.
     *
     * @return the empty input
     */
    static Input none() {
        return None.INSTANCE;
    }

    /**
     * A text, in UTF-8.
     *
     * @param text the text
     * @return the input
     */
    static Input text(String text) {
        Objects.requireNonNull(text, "text");
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Some bytes.
     *
     * @param bytes the bytes; copied
     * @return the input
     */
    static Input bytes(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Bytes(bytes);
    }

    /**
     * The contents of a file of the host.
     *
     * @param file read when the command starts
     * @return the input
     */
    static Input file(Path file) {
        return new File(file);
    }

    /** Nothing. */
    enum None implements Input {
        /** The only instance. */
        INSTANCE
    }

    /** Some bytes. */
    final class Bytes implements Input {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /**
         * The bytes.
         *
         * @return a copy
         */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Input[" + bytes.length + " bytes]";
        }
    }

    /**
     * The contents of a file of the host.
     *
     * @param path the file
     */
    record File(Path path) implements Input {
        /** Checks the path. */
        public File {
            Objects.requireNonNull(path, "path");
        }
    }
}
