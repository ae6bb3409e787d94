package io.trails.daggerdouble.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers under which an engine knows its values: they begin at one whenever it starts. Most are forgotten with the session
 * that asked for them. Thread-safe.
 */
final class Ids {

    private static final Set<String> KEPT = Set.of(
            "from",
            "withExec",
            "withDirectory",
            "withFile",
            "withFiles",
            "withNewFile",
            "withSymlink",
            "withoutDirectory",
            "withoutFile",
            "withoutFiles",
            "asTarball");

    private final Map<Long, Value> values = new HashMap<>();
    private final IdentityHashMap<Value, Long> numbers = new IdentityHashMap<>();
    private final Map<Long, Session> owners = new HashMap<>();
    private long next = 1;

    String handle(Value value, Session session) {
        long number;
        synchronized (values) {
            Long known = numbers.get(value);
            number = known == null ? next++ : known;
            if (known == null) {
                values.put(number, value);
                numbers.put(value, number);
                if (value.call == null || !KEPT.contains(value.call.field())) {
                    owners.put(number, session);
                }
            }
        }
        byte[] type = value.type().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(10 + type.length);
        bytes.put((byte) 9).putLong(number).put((byte) type.length).put(type);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    Value load(String id) {
        long number;
        String type;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(id));
            if (bytes.remaining() < 10 || bytes.get() != 9) {
                throw new IOException("no handle");
            }
            number = bytes.getLong();
            bytes.get();
            type = StandardCharsets.UTF_8.decode(bytes).toString();
        } catch (IllegalArgumentException | IOException e) {
            throw new GraphFailure("failed to decode ID: " + e.getMessage());
        }
        Value value = value(number);
        if (value == null) {
            throw new GraphFailure("arg \"id\": resolve ID input \"engineResult(" + number + "): " + type
                    + "!\": resolve result " + number + ": missing shared result");
        }
        return value;
    }

    @Nullable
    Value value(long number) {
        synchronized (values) {
            return values.get(number);
        }
    }

    void forget(Session session) {
        synchronized (values) {
            owners.entrySet().removeIf(owner -> {
                if (owner.getValue() != session) {
                    return false;
                }
                numbers.remove(values.remove(owner.getKey()));
                return true;
            });
        }
    }

    /** Forgets all values, but not the numbers they had. */
    void forgetAll() {
        synchronized (values) {
            values.clear();
            numbers.clear();
            owners.clear();
        }
    }
}
