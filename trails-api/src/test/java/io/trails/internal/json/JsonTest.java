package io.trails.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.internal.json.JsonValue.JsonObject;
import io.trails.internal.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Property
    void what_is_written_is_read_again(@ForAll("values") JsonValue value) throws JsonSyntaxException {
        byte[] bytes = Json.STRICT.write(value);
        assertThat(Json.STRICT.read(bytes)).isEqualTo(value);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    @Property
    void any_text_survives_even_halves_of_characters(@ForAll String text) throws JsonSyntaxException {
        assertThat(Json.STRICT.read(Json.STRICT.write(JsonString.of(text)))).isEqualTo(JsonString.of(text));
    }

    @Property
    void bytes_that_are_no_json_are_refused_and_nothing_else_is_thrown(@ForAll byte[] bytes) {
        try {
            assertThat(Json.LENIENT.read(bytes)).isNotNull();
        } catch (JsonSyntaxException refused) {
            assertThat(refused.line()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,",
                "{\"a\":1,\"a\":2}",
                "{\"a\"}",
                "nul",
                "1 2",
                "\"\u0001\"",
                "{'a':1}",
                "[1,]",
                "// x\n1",
                "\"open",
                "1e99999999999999",
                "{\"a\":1}}"
            })
    void malformed_text_is_refused(String text) {
        assertThatThrownBy(() -> read(Json.STRICT, text)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void bottomless_nesting_is_refused() {
        assertThatThrownBy(() -> read(Json.STRICT, "[".repeat(100_000))).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void people_may_write_comments_and_trailing_commas() throws JsonSyntaxException {
        assertThat(read(Json.LENIENT, "{ // why\n \"a\": [1, /* two */ 2,], }").toString())
                .contains("a");
    }

    @Test
    void an_error_names_its_line() {
        assertThatThrownBy(() -> read(Json.STRICT, "{\n\"a\": 1,\n\"b\": oops\n}"))
                .isInstanceOfSatisfying(
                        JsonSyntaxException.class,
                        error -> assertThat(error.line()).isEqualTo(3));
    }

    @Test
    void an_error_whose_place_is_not_known_is_one_at_the_start() {
        assertThatThrownBy(() -> Json.STRICT.read(new byte[] {0, 0, 0, '{', 0, 0x11, 0, 0}))
                .isInstanceOfSatisfying(JsonSyntaxException.class, error -> {
                    assertThat(error.line()).isPositive();
                    assertThat(error.column()).isPositive();
                });
    }

    @Test
    void values_know_their_line_and_are_equal_wherever_they_stand() throws JsonSyntaxException {
        JsonObject spread = (JsonObject) read(Json.STRICT, "{\n\"a\":\n[1, \"x\", true, null]}");
        JsonObject flat = (JsonObject) read(Json.STRICT, "{\"a\":[1,\"x\",true,null]}");
        assertThat(spread.find("a").orElseThrow().line()).isEqualTo(3);
        assertThat(spread).isEqualTo(flat).hasSameHashCodeAs(flat);
    }

    @Test
    void a_part_of_the_bytes_can_be_read() throws JsonSyntaxException {
        byte[] bytes = "xx[1]yy".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.STRICT.read(bytes, 2, 5)).isEqualTo(read(Json.STRICT, "[1]"));
    }

    @Test
    void numbers_stay_as_exact_as_they_were_written() throws JsonSyntaxException {
        String text = "[0.10,1E+400,-12345678901234567890123456789]";
        assertThat(new String(Json.STRICT.write(read(Json.STRICT, text)), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    private static JsonValue read(Json json, String text) throws JsonSyntaxException {
        return json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return JsonValues.arbitrary();
    }
}
