package io.trails.internal.json;

import io.trails.internal.json.JsonValue.JsonArray;
import io.trails.internal.json.JsonValue.JsonBoolean;
import io.trails.internal.json.JsonValue.JsonNull;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** JSON for random tests. */
public final class JsonValues {
    private JsonValues() {}

    public static Arbitrary<JsonValue> arbitrary() {
        Arbitrary<JsonValue> leaves = Arbitraries.oneOf(
                Arbitraries.strings().map(JsonString::of),
                Arbitraries.bigDecimals().map(number -> new JsonNumber(number, 0)),
                Arbitraries.of(true, false).map(JsonBoolean::of),
                Arbitraries.just(new JsonNull(0)));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(JsonArray::of),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), inner)
                                .ofMaxSize(4)
                                .map(members -> JsonObject.of(new LinkedHashMap<>(members)))),
                0,
                3);
    }
}
