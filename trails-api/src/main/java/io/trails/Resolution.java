package io.trails;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** How a {@link Conflict} is decided. Immutable. */
public sealed interface Resolution {
    /**
     * The target's file, or its absence.
     *
     * @return the resolution
     */
    static Resolution ours() {
        return new Take(Which.OURS);
    }

    /**
     * The session's file, or its absence.
     *
     * @return the resolution
     */
    static Resolution theirs() {
        return new Take(Which.THEIRS);
    }

    /**
     * The common ancestor's file, or its absence.
     *
     * @return the resolution
     */
    static Resolution base() {
        return new Take(Which.BASE);
    }

    /**
     * No file.
     *
     * @return the resolution
     */
    static Resolution delete() {
        return new Delete();
    }

    /**
     * A file with this text in UTF-8, with the mode it has on one of the sides.
     *
     * @param text all of it
     * @return the resolution
     */
    static Resolution text(String text) {
        Objects.requireNonNull(text, "text");
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A file with these bytes, with the mode it has on one of the sides.
     *
     * @param bytes all of it
     * @return the resolution
     */
    static Resolution bytes(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Content(bytes.clone());
    }

    /**
     * One decision per conflicting place; what does not conflict is merged.
     *
     * @param choices as many as {@link Conflict#hunks()}
     * @return the resolution
     */
    static Resolution hunks(HunkChoice... choices) {
        Objects.requireNonNull(choices, "choices");
        return new Hunks(List.of(choices));
    }

    /** A side. */
    enum Which {
        /** The common ancestor. */
        BASE,
        /** The target. */
        OURS,
        /** The session. */
        THEIRS
    }

    /**
     * One side's file.
     *
     * @param which the side
     */
    record Take(Which which) implements Resolution {
        /** Checks the component. */
        public Take {
            Objects.requireNonNull(which, "which");
        }
    }

    /** No file. */
    record Delete() implements Resolution {}

    /** A new file. Immutable. */
    final class Content implements Resolution {
        private final byte[] bytes;

        private Content(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * All of it.
         *
         * @return a copy of the bytes
         */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Content[" + bytes.length + " bytes]";
        }
    }

    /**
     * One decision per conflicting place.
     *
     * @param choices in the order of the file
     */
    record Hunks(List<HunkChoice> choices) implements Resolution {
        /** Copies the list. */
        public Hunks {
            Objects.requireNonNull(choices, "choices");
            choices = List.copyOf(choices);
        }
    }
}
