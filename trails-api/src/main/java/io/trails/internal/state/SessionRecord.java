package io.trails.internal.state;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.RecordingOptions;
import io.trails.SessionState;
import io.trails.TrailsException;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of one session. Immutable.
 *
 * @param name as the host gave it
 * @param id derived from the name
 * @param state where it is in its life
 * @param owner id of the {@link Presence} that creates or removes it at the moment; empty when nobody does
 * @param mode name of its mode
 * @param agent its agent
 * @param createdAt when it was opened
 * @param isolation what its composition isolates
 * @param parts what workspace and sandbox planned; empty for a session of an older trails that recorded none. The terminal
 *     axis has the provider and an empty plan: terminals are planned one by one
 * @param terminals its terminals by name
 * @param environmentNames names of the variables it was opened with
 * @param limits what its processes may use
 * @param network which network they may reach
 * @param problem what is wrong with it
 * @param extra members of its JSON that this version does not know, and those that came later: its life, its home, how it is
 *     recorded
 */
public record SessionRecord(
        String name,
        String id,
        SessionState state,
        Optional<String> owner,
        String mode,
        Optional<StoredAgent> agent,
        Instant createdAt,
        Set<Isolation> isolation,
        Map<Axis, StoredPart> parts,
        Map<String, StoredPart> terminals,
        Set<String> environmentNames,
        Limits limits,
        NetworkPolicy network,
        Optional<Reason> problem,
        JsonObject extra) {
    static final String UNREADABLE = "session.unreadable";
    private static final String LIFE = "life";

    public SessionRecord {
        Objects.requireNonNull(name);
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(agent);
        Objects.requireNonNull(createdAt);
        isolation = Set.copyOf(isolation);
        parts = Map.copyOf(parts);
        terminals = Collections.unmodifiableMap(new LinkedHashMap<>(terminals));
        environmentNames = Set.copyOf(environmentNames);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(network);
        Objects.requireNonNull(problem);
        Objects.requireNonNull(extra);
    }

    public SessionRecord withState(SessionState now, Optional<String> by) {
        return copy(now, by, agent, parts, terminals, problem);
    }

    /** The same with all its parts created, in order and nobody's. */
    public SessionRecord created() {
        var now = new LinkedHashMap<Axis, StoredPart>();
        for (Map.Entry<Axis, StoredPart> part : parts.entrySet()) {
            now.put(part.getKey(), part.getValue().withCreated(true));
        }
        return copy(SessionState.READY, Optional.empty(), agent, now, terminals, Optional.empty());
    }

    public SessionRecord withProblem(Optional<Reason> now) {
        return copy(state, owner, agent, parts, terminals, now);
    }

    public SessionRecord withPart(Axis axis, StoredPart part) {
        var now = new LinkedHashMap<>(parts);
        now.put(axis, part);
        return copy(state, owner, agent, now, terminals, problem);
    }

    public SessionRecord withTerminal(String terminal, StoredPart part) {
        var now = new LinkedHashMap<>(terminals);
        now.put(terminal, part);
        return copy(state, owner, agent, parts, now, problem);
    }

    public SessionRecord withoutTerminal(String terminal) {
        var now = new LinkedHashMap<>(terminals);
        now.remove(terminal);
        return copy(state, owner, agent, parts, now, problem);
    }

    public SessionRecord withAgent(StoredAgent now) {
        return copy(state, owner, Optional.of(now), parts, terminals, problem);
    }

    public SessionRecord withExtra(JsonObject now) {
        return new SessionRecord(
                name,
                id,
                state,
                owner,
                mode,
                agent,
                createdAt,
                isolation,
                parts,
                terminals,
                environmentNames,
                limits,
                network,
                problem,
                now);
    }

    /**
     * What tells one opening of a name from all others, so that nothing of a former session is met by a later one; empty if
     * the trails that opened it did not draw any yet.
     */
    public Optional<String> life() {
        return extra.text(LIFE);
    }

    /**
     * What its directory is called: its id and life, or its id alone, in which there is no dot.
     *
     * @throws TrailsException {@code session.lost} if its life is none that trails draws
     */
    String directoryName() {
        Optional<String> life = life();
        if (life.isEmpty()) return id;
        // Anybody may have written it: it must not lead elsewhere.
        if (SessionId.isSafe(life.get())) return id + "." + life.get();
        throw new TrailsException(
                "session.lost",
                "Session '" + name + "' has the life '" + life.get()
                        + "', which trails never gives one; correct state.json");
    }

    public SessionRecord withLife(String drawn) {
        return withExtra(extra.with(LIFE, JsonString.of(drawn)));
    }

    /** How its terminals are recorded. */
    public Optional<RecordingOptions> recording() {
        Optional<JsonValue> stored = extra.find(StoredRecording.MEMBER);
        if (stored.isEmpty()) return Optional.empty();
        try {
            return Optional.of(StoredRecording.decode(stored.get()));
        } catch (UnreadableRecordException impossible) {
            throw new IllegalStateException("A session that was read can be understood", impossible);
        }
    }

    public SessionRecord withRecording(RecordingOptions options) {
        return withExtra(extra.with(StoredRecording.MEMBER, StoredRecording.encode(options)));
    }

    /** Whether the other is of the same session, which may have got its life late, and not of a later one of its name. */
    public boolean isSameSessionAs(SessionRecord other) {
        if (!id.equals(other.id) || !createdAt.equals(other.createdAt)) return false;
        Optional<String> life = life();
        Optional<String> others = other.life();
        return life.isEmpty() || others.isEmpty() || life.equals(others);
    }

    /** Whether nothing is known of it but its name. */
    boolean isUnreadable() {
        return problem.filter(reason -> reason.code().equals(UNREADABLE)).isPresent();
    }

    private SessionRecord copy(
            SessionState newState,
            Optional<String> newOwner,
            Optional<StoredAgent> newAgent,
            Map<Axis, StoredPart> newParts,
            Map<String, StoredPart> newTerminals,
            Optional<Reason> newProblem) {
        return new SessionRecord(
                name,
                id,
                newState,
                newOwner,
                mode,
                newAgent,
                createdAt,
                isolation,
                newParts,
                newTerminals,
                environmentNames,
                limits,
                network,
                newProblem,
                extra);
    }
}
