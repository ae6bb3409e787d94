package io.trails.dagger.internal.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Takes secrets out of a stream of bytes, also where one lies across two reads. Immutable. What is so short that it occurs
 * everywhere is no secret to it.
 */
public final class Scrubber {
    /** What stands where a secret stood. */
    private static final byte[] MARK = "[redacted]".getBytes(StandardCharsets.UTF_8);

    private static final int SHORTEST = 4;
    private static final int CHUNK = 64 * 1024;

    private final List<byte[]> secrets;
    private final boolean[] starts = new boolean[256];
    private final int longest;

    private Scrubber(List<byte[]> secrets) {
        this.secrets = secrets;
        int most = 1;
        for (byte[] secret : secrets) {
            starts[secret[0] & 0xff] = true;
            most = Math.max(most, secret.length);
        }
        longest = most;
    }

    /** Knows those secrets. */
    public static Scrubber of(Collection<String> values) {
        return new Scrubber(values.stream()
                .map(String::strip)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                // The longest first: a secret may contain another one, of which then nothing may be left over.
                .sorted((one, other) -> Integer.compare(other.length, one.length))
                .toList());
    }

    /** Whether there is nothing to look for. */
    public boolean isIdle() {
        return secrets.isEmpty();
    }

    /** Where scrubbed bytes go. */
    public interface Sink {
        void add(byte[] bytes, int from, int length) throws IOException;
    }

    /** The text without secrets. */
    public String scrub(String text) {
        String scrubbed = text;
        for (byte[] secret : secrets) {
            scrubbed = scrubbed.replace(
                    new String(secret, StandardCharsets.UTF_8), new String(MARK, StandardCharsets.UTF_8));
        }
        return scrubbed;
    }

    /** Copies everything that is left in the stream. */
    public void copy(InputStream in, Sink sink) throws IOException {
        var buffer = new byte[CHUNK + longest];
        int held = 0;
        while (true) {
            int read = in.read(buffer, held, buffer.length - held);
            boolean ended = read < 0;
            int end = held + Math.max(0, read);
            // A secret that starts behind this point may not be there as a whole yet.
            int sure = ended ? end : Math.max(0, end - longest + 1);
            int done = pass(buffer, end, sure, sink);
            if (ended) return;
            held = end - done;
            System.arraycopy(buffer, done, buffer, 0, held);
        }
    }

    private int pass(byte[] buffer, int end, int sure, Sink sink) throws IOException {
        int from = 0;
        int at = 0;
        while (at < sure) {
            int length = starts[buffer[at] & 0xff] ? secretAt(buffer, at, end) : 0;
            if (length == 0) {
                at++;
                continue;
            }
            if (at > from) sink.add(buffer, from, at - from);
            sink.add(MARK, 0, MARK.length);
            at += length;
            from = at;
        }
        if (at > from) sink.add(buffer, from, at - from);
        return at;
    }

    private int secretAt(byte[] buffer, int at, int end) {
        for (byte[] secret : secrets) {
            if (startsWith(buffer, at, end, secret)) return secret.length;
        }
        return 0;
    }

    private static boolean startsWith(byte[] buffer, int at, int end, byte[] secret) {
        if (end - at < secret.length) return false;
        for (int i = 0; i < secret.length; i++) {
            if (buffer[at + i] != secret[i]) return false;
        }
        return true;
    }
}
