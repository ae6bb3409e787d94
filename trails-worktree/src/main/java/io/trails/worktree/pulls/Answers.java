package io.trails.worktree.pulls;

import io.trails.worktree.internal.pull.JsonNode;
import io.trails.worktree.internal.pull.Rest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads what servers say of a request. */
final class Answers {
    private Answers() {}

    static PullRequest request(Rest rest, JsonNode node, String number, String url, String draft) {
        return new PullRequest(
                rest.need(number(node, number), number),
                rest.need(node.text(url).flatMap(Answers::page), url),
                node.text("title").orElse(""),
                node.isTrue(draft));
    }

    static Optional<Long> number(JsonNode node, String name) {
        return node.text(name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** A host may show it as a link. */
    private static Optional<URI> page(String text) {
        try {
            URI page = new URI(text);
            boolean web = "https".equalsIgnoreCase(page.getScheme()) || "http".equalsIgnoreCase(page.getScheme());
            return web ? Optional.of(page) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
