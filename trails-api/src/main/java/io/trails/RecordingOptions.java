package io.trails;

/** Whether and how the terminals of a session are recorded. Immutable. It will grow. */
public final class RecordingOptions {
    private static final long DEFAULT_BYTES = 64L << 20;
    private static final long LEAST_BYTES = 1L << 20;

    private final boolean input;
    private final long maxBytes;

    private RecordingOptions(boolean input, long maxBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
    }

    /**
     * Records what programs print, changes of size and how they exited.
     *
     * @return with the newest 64 MiB kept
     */
    public static RecordingOptions output() {
        return new RecordingOptions(false, DEFAULT_BYTES);
    }

    /**
     * The same with what trails types, pastes and presses. What people type who attached is not seen. It may hold secrets.
     *
     * @return new options
     */
    public RecordingOptions withInput() {
        return new RecordingOptions(true, maxBytes);
    }

    /**
     * The same with another bound per terminal.
     *
     * @param bytes how much of the output is kept, about; at least 1 MiB
     * @return new options
     */
    public RecordingOptions maxBytes(long bytes) {
        if (bytes < LEAST_BYTES) throw new IllegalArgumentException("A recording needs at least 1 MiB, not " + bytes);
        return new RecordingOptions(input, bytes);
    }

    /**
     * Whether input is recorded.
     *
     * @return true if so
     */
    public boolean input() {
        return input;
    }

    /**
     * How much of the output is kept.
     *
     * @return bytes per terminal
     */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordingOptions that && input == that.input && maxBytes == that.maxBytes;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(maxBytes) + Boolean.hashCode(input);
    }

    @Override
    public String toString() {
        return "RecordingOptions[" + (input ? "input and output" : "output") + ", " + maxBytes + " bytes]";
    }
}
