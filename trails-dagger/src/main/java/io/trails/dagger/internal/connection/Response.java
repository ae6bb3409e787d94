package io.trails.dagger.internal.connection;

import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Document;
import io.trails.dagger.internal.graph.Tree;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an answer of the session means. */
final class Response {
    private static final int MESSAGE_LENGTH = 1000;
    private static final int MESSAGES = 20;

    private final int status;
    private final byte[] body;
    private final Document document;
    private final Redaction redaction;

    Response(HttpResponse<byte[]> response, Document document, Redaction redaction) {
        status = response.statusCode();
        body = response.body();
        this.document = document;
        this.redaction = redaction;
    }

    /**
     * The answers to the document.
     *
     * @throws ExecFailure if a command failed
     * @throws GraphException if the request did
     * @throws EngineLostException if nobody is there any more to answer
     */
    Answers answers() {
        return Answers.of(document, data());
    }

    /** The member {@code data} of the answer, if nothing is wrong with it. */
    Tree data() {
        switch (status) {
            case 200 -> {
                Tree answer = WireJson.read(body)
                        .orElseThrow(() -> new GraphException("The engine's answer is no JSON", List.of(), false));
                List<Tree> errors = answer.member("errors").elements();
                if (!errors.isEmpty()) throw failure(errors);
                return answer.member("data");
            }
            // A port that refuses the token belongs to another session now.
            case 401, 403 -> throw lost("refuses the session's token");
            case 502, 503, 504 -> throw lost("is not there any more");
            default -> throw refused();
        }
    }

    private EngineLostException lost(String what) {
        return new EngineLostException(
                "The engine behind the session " + what + " (HTTP " + status + quoted() + "); connect again", null);
    }

    private RuntimeException refused() {
        List<Tree> errors = WireJson.read(body)
                .map(answer -> answer.member("errors").elements())
                .orElse(List.of());
        if (!errors.isEmpty()) return failure(errors);
        return new GraphException("The engine refuses the request (HTTP " + status + quoted() + ")", List.of(), false);
    }

    private String quoted() {
        String text = new String(body, 0, Math.min(body.length, 2 * MESSAGE_LENGTH), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + bounded(text);
    }

    /** Of a secret at the end, no part is left either. */
    private String bounded(String text) {
        String shown = redaction.apply(text);
        return shown.length() > MESSAGE_LENGTH ? shown.substring(0, MESSAGE_LENGTH) + "…" : shown;
    }

    private RuntimeException failure(List<Tree> errors) {
        for (Tree error : errors) {
            Tree details = error.member("extensions");
            if (details.member("_type").asText().filter("EXEC_ERROR"::equals).isPresent()) return exec(details);
        }
        var messages = new ArrayList<String>();
        for (Tree error : errors.subList(0, Math.min(errors.size(), MESSAGES)))
            error.member("message").asText().map(this::shown).ifPresent(messages::add);
        String first = messages.isEmpty() ? "" : ": " + messages.get(0);
        boolean explained = errors.stream().anyMatch(error -> error.member("extensions") instanceof Tree.Members);
        return new GraphException("The engine cannot do what was asked" + first, messages, explained);
    }

    private ExecFailure exec(Tree details) {
        List<String> command = details.member("cmd").elements().stream()
                .map(Tree::asText)
                .flatMap(Optional::stream)
                .toList();
        OptionalInt code = details.member("exitCode") instanceof Tree.Whole whole
                ? OptionalInt.of((int) whole.number())
                : OptionalInt.empty();
        return new ExecFailure(
                command,
                code,
                details.member("stdout").asText().orElse(""),
                details.member("stderr").asText().orElse(""));
    }

    /** Engines quote whole queries, and in those is what users gave to commands. */
    private String shown(String said) {
        return bounded(said.replace(document.query(), "…"));
    }
}
