package io.trails.worktree.pulls;

import io.trails.worktree.internal.pull.Rest;
import io.trails.worktree.internal.pull.RestLimits;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where one server's API is and who may know its token. Immutable.
 *
 * @param host with the port of its pages, lower case
 * @param base without '/' at its end
 * @param tokenVariables whose values are for this server
 */
record Api(String host, URI base, List<String> tokenVariables, RestLimits limits) {
    Api {
        tokenVariables = List.copyOf(tokenVariables);
        boolean local = List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(base.getHost()));
        boolean safe = "https".equals(base.getScheme()) || ("http".equals(base.getScheme()) && local);
        if (!safe || base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null)
            throw new IllegalArgumentException(
                    "An API is an https URL, or an http one of this machine, without a user: " + base.getScheme()
                            + "://" + base.getHost());
    }

    boolean serves(RemoteUrl repository) {
        return host.equalsIgnoreCase(repository.webAuthority()) || host.equalsIgnoreCase(repository.host());
    }

    Rest open(AccessToken token, Map<String, String> headers) {
        return new Rest(base, token.secret(), headers, limits);
    }

    /** For a segment of a path, or a value of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same for several segments. */
    static String encodePath(String path) {
        return encode(path).replace("%2F", "/");
    }
}
