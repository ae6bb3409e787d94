package io.trails.internal.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the next record of the chain needs of the one before.
 *
 * @param sequence its number
 * @param hash its hash
 */
record AuditLink(long sequence, String hash) {
    /** Before the first record. */
    static final AuditLink NONE = new AuditLink(0, "0".repeat(64));

    private static final byte[] START = "{\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 18;

    boolean isNone() {
        return sequence == 0;
    }

    static AuditLink of(AuditLine line) {
        return new AuditLink(line.record().sequence(), line.record().hash());
    }

    /**
     * The link of a part of the bytes that begins and ends as a record does, or {@link #NONE}. What is in between is not
     * looked at: to go on, the chain needs no more, and so the first record of a process does not wait for a JSON parser.
     */
    static AuditLink in(byte[] bytes, int from, int to) {
        int at = from + START.length;
        int end = to - AuditLine.HASH_MEMBER;
        if (end <= at || !Arrays.equals(bytes, from, at, START, 0, START.length)) return NONE;
        long sequence = 0;
        for (int digits = 0; at < end && bytes[at] >= '0' && bytes[at] <= '9' && digits < LONGEST; digits++) {
            sequence = sequence * 10 + bytes[at++] - '0';
        }
        if (sequence == 0 || bytes[at] != ',' || !AuditLine.endsInHash(bytes, end)) return NONE;
        int hash = end + AuditLine.HASH.length;
        return new AuditLink(sequence, new String(bytes, hash, NONE.hash.length(), StandardCharsets.US_ASCII));
    }
}
