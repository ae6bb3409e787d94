package io.trails.worktree.internal.pull;

import io.trails.TrailsException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The REST API of one server, with one token that is sent to no other. Thread-safe; a client that is closed ends its threads.
 *
 * <p>What may pass by itself is tried once more: a busy gateway, and a limit of the rate if the server names a short wait.
 */
public final class Rest implements AutoCloseable {
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> GATEWAY = Set.of(502, 503, 504);
    private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

    private final URI base;
    private final Secret token;
    private final Map<String, String> headers;
    private final RestLimits limits;
    private final RestClient client;

    /**
     * A client.
     *
     * @param base without '/' at its end
     * @param headers of all requests, but for the one that authorizes
     */
    public Rest(URI base, Secret token, Map<String, String> headers, RestLimits limits) {
        this.base = base;
        this.token = token;
        this.headers = Map.copyOf(headers);
        this.limits = limits;
        client = new RestClient(base, token, limits);
    }

    public RestAnswer get(String path, Integer... accepted) {
        return call("GET", path, Optional.empty(), Set.of(accepted));
    }

    public RestAnswer post(String path, JsonText body, Integer... accepted) {
        return call("POST", path, Optional.of(body), Set.of(accepted));
    }

    public RestAnswer put(String path, JsonText body) {
        return call("PUT", path, Optional.of(body), Set.of());
    }

    /** What an answer has to hold. */
    public <T> T need(Optional<T> value, String what) {
        return value.orElseThrow(() -> malformed("has no " + what));
    }

    private RestAnswer call(String method, String path, Optional<JsonText> body, Set<Integer> accepted) {
        URI target = URI.create(base + path);
        boolean again = true;
        int redirects = 0;
        while (true) {
            HttpResponse<byte[]> response = client.send(request(method, target, body));
            int status = response.statusCode();
            if (MOVED.contains(status)) {
                boolean repeatable = method.equals("GET") || status >= 307;
                if (!repeatable || ++redirects > MAX_REDIRECTS) throw redirected(response.headers());
                target = sameServer(target, response.headers());
                continue;
            }
            Optional<Duration> pause = again ? pause(response) : Optional.empty();
            if (pause.isPresent()) {
                again = false;
                client.pause(pause.get());
                continue;
            }
            return answer(method, response, accepted);
        }
    }

    private HttpRequest request(String method, URI target, Optional<JsonText> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(limits.timeout())
                .header("Authorization", "Bearer " + token.reveal())
                .header("User-Agent", "trails");
        headers.forEach(request::header);
        if (body.isEmpty())
            return request.method(method, BodyPublishers.noBody()).build();
        return request.header("Content-Type", "application/json; charset=utf-8")
                .method(method, BodyPublishers.ofByteArray(body.get().bytes()))
                .build();
    }

    private RestAnswer answer(String method, HttpResponse<byte[]> response, Set<Integer> accepted) {
        int status = response.statusCode();
        Optional<JsonNode> read = JsonNode.read(response.body());
        JsonNode body = read.orElseGet(() -> new JsonNode(Optional.empty(), Map.of(), List.of()));
        var answer = new RestAnswer(status, body);
        if (answer.ok() && read.isEmpty() && status != 204) throw malformed("is no JSON");
        if (answer.ok() || accepted.contains(status)) return answer;
        if (isLimited(response)) throw limited(method, response, answer);
        String said = said(method, answer);
        if (status == 401 || status == 403)
            throw new TrailsException(
                    "worktree.pull-denied",
                    said + "; use a token that may read the repository and write pull requests");
        if (status == 404)
            throw new TrailsException(
                    "worktree.pull-not-found", said + "; check the remote, and that the token may see the repository");
        if (status >= 500)
            throw new TrailsException("worktree.pull-unavailable", said + "; the branch is pushed, try again later");
        throw new TrailsException("worktree.pull-refused", said);
    }

    private String said(String method, RestAnswer answer) {
        String complaint = token.redact(answer.complaint());
        return "The server at " + base.getRawAuthority() + " answered " + method + " with " + answer.status()
                + (complaint.isEmpty() ? "" : ": " + complaint);
    }

    /** How long to wait before the same is tried once more, if that is worth it. */
    private Optional<Duration> pause(HttpResponse<?> response) {
        boolean gateway = GATEWAY.contains(response.statusCode());
        OptionalInt asked = retryAfter(response.headers());
        if (asked.isPresent() && (gateway || isLimited(response))) {
            Duration pause = Duration.ofSeconds(asked.getAsInt());
            return pause.compareTo(limits.longestPause()) <= 0 ? Optional.of(pause) : Optional.empty();
        }
        return gateway ? Optional.of(limits.gatewayPause()) : Optional.empty();
    }

    private static boolean isLimited(HttpResponse<?> response) {
        if (response.statusCode() == 429) return true;
        HttpHeaders headers = response.headers();
        boolean spent =
                headers.firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent();
        return response.statusCode() == 403 && (spent || retryAfter(headers).isPresent());
    }

    private static OptionalInt retryAfter(HttpHeaders headers) {
        String seconds = headers.firstValue("retry-after").orElse("");
        return seconds.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(seconds)) : OptionalInt.empty();
    }

    private TrailsException limited(String method, HttpResponse<?> response, RestAnswer answer) {
        String until = response.headers()
                .firstValue("x-ratelimit-reset")
                .filter(seconds -> seconds.matches("\\d{1,11}"))
                .map(seconds -> " until " + Instant.ofEpochSecond(Long.parseLong(seconds)))
                .orElse("");
        return new TrailsException(
                "worktree.pull-rate-limited", said(method, answer) + "; no more requests are allowed" + until);
    }

    /** Another server must not get the token. */
    private URI sameServer(URI from, HttpHeaders headers) {
        try {
            URI to = from.resolve(headers.firstValue("location").orElse("//"));
            boolean same = base.getScheme().equals(to.getScheme())
                    && base.getRawAuthority().equalsIgnoreCase(String.valueOf(to.getRawAuthority()));
            if (same) return to;
        } catch (IllegalArgumentException noAddress) {
            throw redirected(headers);
        }
        throw redirected(headers);
    }

    private TrailsException redirected(HttpHeaders headers) {
        return new TrailsException(
                "worktree.pull-redirected",
                "The server at " + base.getRawAuthority() + " sends the request on to '"
                        + token.redact(headers.firstValue("location").orElse(""))
                        + "', which was not followed because of the token; change the remote to where the repository is now");
    }

    private TrailsException malformed(String how) {
        return new TrailsException(
                "worktree.pull-answer",
                "The answer of the server at " + base.getRawAuthority() + " " + how
                        + "; check that it is the API that the remote's host is taken for");
    }

    @Override
    public void close() {
        client.close();
    }
}
