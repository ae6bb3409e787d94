package io.trails.internal.state;

import io.trails.RecordingOptions;
import io.trails.internal.json.JsonValue;
import io.trails.internal.json.JsonValue.JsonBoolean;
import io.trails.internal.json.JsonValue.JsonNumber;
import io.trails.internal.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;

/** How a session's terminals are recorded, as JSON. A session without it is not recorded. */
final class StoredRecording {
    static final String MEMBER = "recording";

    private static final String INPUT = "input";
    private static final String MAX_BYTES = "maxBytes";

    private StoredRecording() {}

    static JsonObject encode(RecordingOptions options) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put(INPUT, JsonBoolean.of(options.input()));
        members.put(MAX_BYTES, JsonNumber.of(options.maxBytes()));
        return JsonObject.of(members);
    }

    static RecordingOptions decode(JsonValue value) throws UnreadableRecordException {
        Members members = Members.of(value, MEMBER);
        RecordingOptions options =
                members.bool(INPUT) ? RecordingOptions.output().withInput() : RecordingOptions.output();
        try {
            return options.maxBytes(members.whole(MAX_BYTES));
        } catch (IllegalArgumentException tooSmall) {
            throw UnreadableRecordException.wrong(MAX_BYTES, "a number of bytes that is large enough");
        }
    }
}
