package io.trails.internal.settings;

import io.trails.Reason;
import io.trails.RecordingOptions;
import io.trails.internal.json.JsonValue.JsonBoolean;
import java.util.List;
import java.util.Optional;

/** Reads whether and how terminals are recorded: true, false, or an object that says more. */
final class RecordingParser {
    private static final long MOST_BYTES = 1L << 40;

    private RecordingParser() {}

    static Optional<RecordingOptions> parse(Entry entry, boolean trusted, List<Reason> warnings) {
        if (entry.value() instanceof JsonBoolean on) {
            return on.value() ? Optional.of(RecordingOptions.output()) : Optional.empty();
        }
        var section = new Section(entry);
        RecordingOptions options = RecordingOptions.output();
        Optional<Entry> bytes = section.find("max_bytes");
        if (bytes.isPresent()) options = bounded(options, bytes.get());
        Optional<Entry> input = section.find("input");
        section.end(warnings);
        if (input.isEmpty() || !input.get().flag()) return Optional.of(options);
        if (trusted) return Optional.of(options.withInput());
        warnings.add(Reason.of(
                "settings.untrusted-recording",
                input.get().at() + ": 'recording.input' would let the repository write down what is typed, so it is"
                        + " ignored",
                "Ask for it in your own settings file"));
        return Optional.of(options);
    }

    private static RecordingOptions bounded(RecordingOptions options, Entry bytes) {
        try {
            return options.maxBytes(bytes.number(MOST_BYTES));
        } catch (IllegalArgumentException tooSmall) {
            throw bytes.invalid("at least 1048576, which is 1 MiB");
        }
    }
}
