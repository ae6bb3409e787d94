package io.trails.internal.audit;

import io.trails.AuditRecord;
import io.trails.internal.json.Json;
import io.trails.internal.json.JsonSyntaxException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import io.trails.internal.json.JsonWriter;
import io.trails.internal.json.Timestamps;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log: a record and the bytes it is stored as, without the line break.
 *
 * <p>What is hashed is the line's own bytes without its last member: from the opening brace to before {@code ,"hash":}, and a
 * closing brace. Nothing has to be parsed or put in order to check it:
 *
 * <pre>
 * printf %s "$line" | sed 's/,"hash":"[0-9a-f]*"}$/}/' | sha256sum
 * </pre>
 */
final class AuditLine {
    static final byte[] HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    /** How long the last member is, with its comma and the closing brace. */
    static final int HASH_MEMBER = HASH.length + AuditLink.NONE.hash().length() + "\"}".length();

    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final AuditRecord record;
    private final byte[] bytes;

    private AuditLine(AuditRecord record, byte[] bytes) {
        this.record = record;
        this.bytes = bytes;
    }

    static AuditLine of(
            long sequence,
            Instant at,
            String type,
            Optional<String> session,
            Map<String, String> details,
            String previous) {
        var json = new JsonWriter().beginObject();
        json.name("sequence").number(sequence);
        json.name("at").string(Timestamps.format(at));
        json.name("type").string(type);
        if (session.isPresent()) json.name("session").string(session.get());
        json.name("details").beginObject();
        for (Map.Entry<String, String> detail : new TreeMap<>(details).entrySet()) {
            json.name(detail.getKey()).string(detail.getValue());
        }
        json.endObject().name("previous").string(previous);
        byte[] hashed = json.endObject().toByteArray();
        String hash = sha256(hashed, hashed.length - 1);
        byte[] bytes = Arrays.copyOf(hashed, hashed.length - 1 + HASH_MEMBER);
        byte[] member = (",\"hash\":\"" + hash + "\"}").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(member, 0, bytes, hashed.length - 1, member.length);
        return new AuditLine(new AuditRecord(sequence, at, type, session, details, previous, hash), bytes);
    }

    /** The record of a stored line, whether its hash is right or not; empty if it is none. */
    static Optional<AuditLine> parse(byte[] bytes) {
        try {
            return Json.STRICT.read(bytes) instanceof JsonObject object ? parse(object, bytes) : Optional.empty();
        } catch (JsonSyntaxException noJson) {
            return Optional.empty();
        }
    }

    private static Optional<AuditLine> parse(JsonObject object, byte[] bytes) {
        Optional<Instant> at = Timestamps.parse(object.text("at").orElse(""));
        Optional<String> type = object.text("type");
        Optional<String> previous = object.text("previous");
        Optional<String> hash = object.text("hash");
        Optional<Map<String, String>> details = details(object.members().get("details"));
        long sequence = sequence(object);
        if (sequence < 1
                || at.isEmpty()
                || type.isEmpty()
                || previous.isEmpty()
                || hash.isEmpty()
                || details.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AuditLine(
                new AuditRecord(
                        sequence,
                        at.get(),
                        type.get(),
                        object.text("session"),
                        details.get(),
                        previous.get(),
                        hash.get()),
                bytes));
    }

    private static long sequence(JsonObject object) {
        if (!(object.members().get("sequence") instanceof JsonNumber number)) return -1;
        BigDecimal value = number.value();
        return value.scale() == 0 && value.signum() > 0 && value.compareTo(LONGEST) < 0 ? value.longValue() : -1;
    }

    private static Optional<Map<String, String>> details(@Nullable JsonValue value) {
        if (!(value instanceof JsonObject object)) return Optional.empty();
        var details = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonValue> detail : object.members().entrySet()) {
            if (!(detail.getValue() instanceof JsonString text)) return Optional.empty();
            details.put(detail.getKey(), text.value());
        }
        return Optional.of(details);
    }

    AuditRecord record() {
        return record;
    }

    /** What is stored, to be left as it is. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether the stored bytes are the ones that were hashed. */
    boolean isIntact() {
        int hashed = bytes.length - HASH_MEMBER;
        return hashed > 0 && endsInHash(bytes, hashed) && record.hash().equals(sha256(bytes, hashed));
    }

    /** Whether the last member can start there. */
    static boolean endsInHash(byte[] bytes, int at) {
        return Arrays.equals(bytes, at, at + HASH.length, HASH, 0, HASH.length)
                && bytes[at + HASH_MEMBER - 2] == '"'
                && bytes[at + HASH_MEMBER - 1] == '}';
    }

    /** Of the first bytes and a closing brace. */
    private static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            digest.update((byte) '}');
            var hex = new StringBuilder(AuditLink.NONE.hash().length());
            for (byte b : digest.digest()) {
                hex.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
