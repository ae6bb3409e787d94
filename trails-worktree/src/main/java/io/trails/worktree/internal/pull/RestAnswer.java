package io.trails.worktree.internal.pull;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer that was accepted. Immutable.
 *
 * @param status such as 201
 * @param body what it says
 */
public record RestAnswer(int status, JsonNode body) {
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** What the server says went wrong, in its own words: {@code message}, {@code error} and {@code errors} of any shape. */
    public String complaint() {
        var words = new ArrayList<String>();
        collect(body.get("message"), words);
        collect(body.get("error"), words);
        collect(body.get("error_description"), words);
        for (JsonNode error : body.get("errors").items()) {
            collect(error.members().isEmpty() ? error : error.get("message"), words);
            if (error.text("message").isEmpty())
                error.text("field")
                        .ifPresent(field ->
                                words.add(field + " " + error.text("code").orElse("")));
        }
        return String.join("; ", words);
    }

    private static void collect(JsonNode node, List<String> words) {
        node.text().ifPresent(words::add);
        for (JsonNode item : node.items()) collect(item, words);
        for (JsonNode member : node.members().values()) collect(member, words);
    }
}
