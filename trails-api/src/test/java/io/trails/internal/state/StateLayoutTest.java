package io.trails.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.internal.json.Json;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StateLayoutTest {
    private static final Path PROJECT = Path.of("/project");

    @Property(tries = 60)
    void what_is_written_is_read_again_without_and_with_parsing(
            @ForAll("states") List<SessionRecord> sessions, @ForAll("unknown") JsonObject unknown) throws Exception {
        byte[] bytes = StateLayout.encode(content(sessions, unknown), "w");
        Optional<StateContent> fast = StateLayout.decode(bytes);
        assertThat(fast).isPresent();
        same(fast.get(), sessions, unknown);
        // An edit breaks the checksum and nothing else.
        byte[] edited = Json.STRICT.write(Json.STRICT.read(bytes));
        assertThat(StateLayout.decode(edited)).isEmpty();
        same(StateDecoder.decode(edited, PROJECT), sessions, unknown);
    }

    @Property(tries = 60)
    void id_and_state_are_found_without_reading_the_rest(@ForAll("states") List<SessionRecord> sessions)
            throws Exception {
        var content = StateLayout.decode(StateLayout.encode(content(sessions, JsonObject.empty()), "w"))
                .orElseThrow();
        for (SessionRecord session : sessions) {
            SessionEntry entry = content.entries().get(session.name());
            assertThat(entry.id()).isEqualTo(session.id());
            assertThat(entry.isUnsettled())
                    .isEqualTo(
                            switch (session.state()) {
                                case CREATING, REMOVING -> true;
                                default -> false;
                            });
        }
    }

    private static void same(StateContent content, List<SessionRecord> sessions, JsonObject unknown) {
        assertThat(new ArrayList<>(new SessionMap(content.entries()).values())).isEqualTo(sessions);
        assertThat(content.unknown()).isEqualTo(unknown);
        assertThat(content.generation()).isEqualTo(7);
    }

    private static StateContent content(List<SessionRecord> sessions, JsonObject unknown) {
        var entries = new LinkedHashMap<String, SessionEntry>();
        for (SessionRecord session : sessions) entries.put(session.name(), SessionEntry.of(session));
        return new StateContent(StateContent.VERSION, 7, entries, unknown, Optional.empty());
    }

    @Provide
    Arbitrary<List<SessionRecord>> states() {
        return Sessions.states();
    }

    @Provide
    Arbitrary<JsonObject> unknown() {
        Arbitrary<Map<String, JsonValue>> members = Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(8).filter(name -> !StateDecoder.MEMBERS.contains(name)),
                        JsonValues.arbitrary())
                .ofMaxSize(3);
        return members.map(map -> JsonObject.of(new LinkedHashMap<>(map)));
    }
}
