package io.trails;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a session's processes may use. Immutable. Each limit is enforced, monitored or refused with a reason, never
 * silently ignored; {@link Trails#advise} shows which.
 */
public final class Limits {
    private static final Limits NONE = new Limits(new EnumMap<>(Kind.class));

    private final Map<Kind, Long> values;

    private Limits(EnumMap<Kind, Long> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** A thing that can be limited, with its unit. */
    public enum Kind {
        /** Processor time of any one process, in milliseconds. */
        CPU_TIME,
        /** Processor share of the whole session, in thousandths of a core. */
        CPU_SHARE,
        /** Resident memory of the whole session, in bytes. */
        MEMORY,
        /** Number of processes of the whole session; where a control group keeps it, the kernel counts threads too. */
        PROCESSES,
        /** Number of open files of any one process. */
        OPEN_FILES,
        /** Size of any one file a process writes, in bytes. */
        FILE_SIZE,
        /** How much the session's files may grow on disk since it was opened, in bytes. */
        DISK,
        /** How long any one command or terminal may run, in milliseconds. */
        WALL_CLOCK
    }

    /**
     * No limit at all.
     *
     * @return the empty limits
     */
    public static Limits none() {
        return NONE;
    }

    /**
     * Starts with no limit.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * One limit in the unit of its kind.
     *
     * @param kind which
     * @return the value, or empty if it is not limited
     */
    public OptionalLong get(Kind kind) {
        Objects.requireNonNull(kind, "kind");
        Long value = values.get(kind);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /**
     * All limits that were set, each in the unit of its kind, in the order of {@link Kind}.
     *
     * @return an unmodifiable map
     */
    public Map<Kind, Long> asMap() {
        return values;
    }

    /**
     * Whether nothing is limited.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits limits && limits.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Limits" + values;
    }

    /** Builds limits. Single-threaded. Every value must be positive. */
    public static final class Builder {
        private final EnumMap<Kind, Long> values = new EnumMap<>(Kind.class);

        private Builder() {}

        /**
         * Limits the processor time of any one process.
         *
         * @param time at least a millisecond; where the system counts seconds it is rounded up
         * @return this builder
         */
        public Builder cpuTime(Duration time) {
            Objects.requireNonNull(time, "time");
            return set(Kind.CPU_TIME, time.toMillis());
        }

        /**
         * Limits the processor share of the whole session.
         *
         * @param cores such as 1.5; at least a thousandth
         * @return this builder
         */
        public Builder cpuShare(double cores) {
            return set(Kind.CPU_SHARE, Math.round(cores * 1000));
        }

        /**
         * Limits the resident memory of the whole session.
         *
         * @param bytes how much
         * @return this builder
         */
        public Builder memory(long bytes) {
            return set(Kind.MEMORY, bytes);
        }

        /**
         * Limits the number of processes of the whole session.
         *
         * @param count how many
         * @return this builder
         */
        public Builder processes(int count) {
            return set(Kind.PROCESSES, count);
        }

        /**
         * Limits the number of open files of any one process.
         *
         * @param count how many
         * @return this builder
         */
        public Builder openFiles(int count) {
            return set(Kind.OPEN_FILES, count);
        }

        /**
         * Limits the size of any one file a process writes.
         *
         * @param bytes how much
         * @return this builder
         */
        public Builder fileSize(long bytes) {
            return set(Kind.FILE_SIZE, bytes);
        }

        /**
         * Limits how much the session's files may grow on disk since it was opened.
         *
         * @param bytes how much
         * @return this builder
         */
        public Builder disk(long bytes) {
            return set(Kind.DISK, bytes);
        }

        /**
         * Limits how long any one command or terminal may run.
         *
         * @param time at least a millisecond
         * @return this builder
         */
        public Builder wallClock(Duration time) {
            Objects.requireNonNull(time, "time");
            return set(Kind.WALL_CLOCK, time.toMillis());
        }

        /**
         * Sets one limit in the unit of its kind.
         *
         * @param kind which
         * @param value positive
         * @return this builder
         */
        public Builder set(Kind kind, long value) {
            Objects.requireNonNull(kind, "kind");
            if (value <= 0) throw new IllegalArgumentException("Limit " + kind + " must be positive, not " + value);
            values.put(kind, value);
            return this;
        }

        /**
         * Builds the limits.
         *
         * @return the limits
         */
        public Limits build() {
            return values.isEmpty() ? NONE : new Limits(new EnumMap<>(values));
        }
    }
}
