package io.trails.worktree.pulls;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository is on a server. Immutable. A user and a password in the URL are dropped: they are never part of it.
 *
 * @param scheme {@code https}, {@code http}, {@code ssh} or {@code git}, lower case
 * @param host lower case; an IPv6 address is in brackets
 * @param port if the URL has one
 * @param path of the repository, without '/' around it and without {@code .git}, such as {@code group/subgroup/name}
 */
public record RemoteUrl(String scheme, String host, OptionalInt port, String path) {
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>https?|ssh|git\\+ssh|ssh\\+git|git)://(?:[^/]*@)?(?<host>\\[[0-9a-fA-F:.%]+]|[^/:@\\[\\]]+)(?::(?<port>\\d{0,5}))?/(?<path>.+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** A colon before the first slash, as in {@code git@host:group/name}; one letter before it is a drive of Windows. */
    private static final Pattern SCP = Pattern.compile(
            "(?:[^/]*@)?(?:(?<host>\\[[0-9a-fA-F:.%]+]|[^/:@\\[\\]]{2,})|\\[(?<inner>[^\\]/@:]+)(?::(?<port>\\d{1,5}))?]):(?<path>(?!//|:).+)",
            Pattern.DOTALL);

    private static final int LAST_PORT = 65_535;

    /** Checks the components. */
    public RemoteUrl {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(path, "path");
    }

    /**
     * Reads a URL as git takes it, also the short form {@code user@host:path}.
     *
     * @param url as {@code git remote get-url} gives it
     * @return empty if it names no repository on a server, as a path does
     */
    public static Optional<RemoteUrl> parse(String url) {
        Objects.requireNonNull(url, "url");
        Matcher full = URL.matcher(url);
        if (full.matches()) {
            String scheme = full.group("scheme").toLowerCase(Locale.ROOT);
            return of(
                    scheme.contains("ssh") ? "ssh" : scheme,
                    full.group("host"),
                    full.group("port"),
                    full.group("path"));
        }
        if (url.contains("://")) return Optional.empty();
        Matcher scp = SCP.matcher(url);
        if (!scp.matches()) return Optional.empty();
        String host = scp.group("host") == null ? scp.group("inner") : scp.group("host");
        return of("ssh", host, scp.group("port"), scp.group("path"));
    }

    private static Optional<RemoteUrl> of(String scheme, String host, @Nullable String port, String path) {
        OptionalInt number =
                port == null || port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
        if (number.isPresent() && number.getAsInt() > LAST_PORT) return Optional.empty();
        String name = path.replaceAll("^/+|/+$", "");
        if (name.endsWith(".git")) name = name.substring(0, name.length() - 4);
        boolean plain = !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
        return plain
                ? Optional.of(new RemoteUrl(scheme, host.toLowerCase(Locale.ROOT), number, name))
                : Optional.empty();
    }

    /**
     * What comes before the name: an owner, or a group with its parents.
     *
     * @return empty if there is only a name
     */
    public String owner() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /**
     * The repository's name.
     *
     * @return without {@code .git}
     */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Where the server's pages are likely to be: its host, with the port if that is one of HTTPS.
     *
     * @return such as {@code git.example.org:8443}
     */
    public String webAuthority() {
        String web = host.equals("ssh.github.com") || host.equals("altssh.gitlab.com")
                ? host.substring(host.indexOf('.') + 1)
                : host;
        return scheme.equals("https") && port.isPresent() && port.getAsInt() != 443 ? web + ":" + port.getAsInt() : web;
    }

    /** For people. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port.isPresent() ? ":" + port.getAsInt() : "") + "/" + path;
    }
}
