package io.trails.internal.state;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.Mode;
import io.trails.NetworkPolicy;
import io.trails.SessionState;
import io.trails.TrailsException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonArray;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import io.trails.internal.json.Timestamps;
import io.trails.spi.Plan;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the first trails wrote: no version, sessions by name or in a list, with members in snake_case of which any may
 * be missing. What is not mapped is kept as it is; what this version means something else by, under {@code v0.<member>}.
 */
final class FirstTrails {
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

    /** Seconds of the year 10000; beyond, it is another unit. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_800L);

    private final Path project;

    FirstTrails(Path project) {
        this.project = project;
    }

    Map<String, SessionEntry> sessions(JsonObject file) throws CorruptStateException {
        var entries = new LinkedHashMap<String, SessionEntry>();
        JsonValue sessions = file.members().get("sessions");
        if (sessions instanceof JsonObject byName) {
            for (Map.Entry<String, JsonValue> session : byName.members().entrySet()) {
                entries.put(session.getKey(), entry(session.getKey(), session.getValue()));
            }
        } else if (sessions instanceof JsonArray list) {
            for (JsonValue session : list.items()) add(entries, session);
        } else if (sessions != null) {
            throw new CorruptStateException("has 'sessions' that are " + sessions.type());
        }
        return entries;
    }

    private void add(Map<String, SessionEntry> entries, JsonValue session) {
        Optional<String> stated = session instanceof JsonObject object ? object.text("name") : Optional.empty();
        String name = stated.orElse("unnamed");
        if (stated.isPresent() && !entries.containsKey(name)) {
            entries.put(name, entry(name, session));
            return;
        }
        int count = 2;
        while (entries.containsKey(name + " (" + count + ")")) count++;
        String free = name + " (" + count + ")";
        entries.put(free, SessionEntry.of(free, session));
    }

    private SessionEntry entry(String name, JsonValue value) {
        if (!(value instanceof JsonObject session)) return SessionEntry.of(name, value);
        try {
            return SessionEntry.of(migrated(SessionId.of(name), name, session));
        } catch (TrailsException | InvalidPathException noNameOrPath) {
            // Shows as a session that cannot be understood, with the reason the decoder finds.
            return SessionEntry.of(name, value);
        }
    }

    private SessionRecord migrated(String id, String name, JsonObject session) {
        var rest = new LinkedHashMap<>(session.members());
        Optional<String> worktree = take(rest, "worktree_path");
        Optional<String> branch = worktree.isPresent() ? take(rest, "branch") : Optional.empty();
        Optional<String> stated = take(rest, "session_mode");
        String mode = mode(stated, worktree.isPresent());
        Optional<String> agent = take(rest, "agent");
        if (name.equals(session.text("name").orElse(""))) rest.remove("name");
        Optional<Instant> createdAt = createdAt(session.members().get("created_at"));
        if (createdAt.isPresent()) rest.remove("created_at");
        return new SessionRecord(
                name,
                id,
                SessionState.READY,
                Optional.empty(),
                mode,
                agent.map(profile -> new StoredAgent(profile, Optional.empty(), 1)),
                createdAt.orElse(Instant.EPOCH),
                worktree.isPresent() ? Set.of(Isolation.FILES) : Set.of(),
                parts(mode, worktree, branch),
                Map.of(),
                Set.of(),
                Limits.none(),
                NetworkPolicy.open(),
                Optional.empty(),
                JsonObject.of(renamed(rest)));
    }

    private static String mode(Optional<String> stated, boolean worktree) {
        if (stated.isEmpty() || stated.get().isBlank()) return worktree ? "worktree" : "direct";
        return Mode.lookup(stated.get()).map(Mode::name).orElse(stated.get());
    }

    /** In a container nothing is known of the sandbox that ran: only the work can be found again. */
    private Map<Axis, StoredPart> parts(String mode, Optional<String> worktree, Optional<String> branch) {
        var parts = new EnumMap<Axis, StoredPart>(Axis.class);
        if (worktree.isPresent()) {
            Plan plan =
                    Plan.empty().with("path", project.resolve(worktree.get()).toString());
            Plan whole = branch.isPresent() ? plan.with("branch", branch.get()) : plan;
            parts.put(Axis.WORKSPACE, new StoredPart("worktree", whole, true));
        } else {
            parts.put(Axis.WORKSPACE, unplanned("in-place"));
        }
        if (!mode.equals(Mode.CONTAINER.name())) {
            parts.put(Axis.SANDBOX, unplanned("host"));
            parts.put(Axis.TERMINAL, unplanned("headless"));
        }
        return parts;
    }

    /** What the first trails had no plan for is planned when the session is taken up. */
    private static StoredPart unplanned(String provider) {
        return new StoredPart(provider, Plan.empty(), false);
    }

    private static Optional<String> take(Map<String, JsonValue> rest, String member) {
        if (!(rest.get(member) instanceof JsonString text) || text.value().isBlank()) return Optional.empty();
        rest.remove(member);
        return Optional.of(text.value());
    }

    private static Optional<Instant> createdAt(@Nullable JsonValue value) {
        if (value instanceof JsonString text) return Timestamps.parse(text.value());
        if (!(value instanceof JsonNumber number)) return Optional.empty();
        BigDecimal seconds = number.value();
        if (seconds.signum() < 0 || seconds.scale() > 30 || seconds.compareTo(LAST_SECOND) >= 0)
            return Optional.empty();
        BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
        return Optional.of(Instant.ofEpochSecond(
                parts[0].longValue(), parts[1].multiply(BILLION).longValue()));
    }

    private static Map<String, JsonValue> renamed(Map<String, JsonValue> rest) {
        var renamed = new LinkedHashMap<String, JsonValue>();
        for (Map.Entry<String, JsonValue> member : rest.entrySet()) {
            boolean taken = RecordEncoder.MEMBERS.contains(member.getKey());
            renamed.put(taken ? "v0." + member.getKey() : member.getKey(), member.getValue());
        }
        return renamed;
    }
}
