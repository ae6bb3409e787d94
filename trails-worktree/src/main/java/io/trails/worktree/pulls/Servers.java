package io.trails.worktree.pulls;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;

/**
 * Who knows which server: first the host's own, then what was discovered, then GitHub and GitLab where they are known to be, and
 * at last where a name looks like one of them. Immutable.
 */
record Servers(List<PullRequests> known) {
    Servers {
        known = List.copyOf(known);
    }

    static Servers of(List<PullRequests> given, boolean discovery, Map<String, String> environment) {
        var known = new ArrayList<>(given);
        if (discovery) known.addAll(discovered());
        known.add(GitHub.at("github.com"));
        known.add(GitLab.at("gitlab.com"));
        named(environment, "GH_HOST").ifPresent(host -> known.add(GitHub.at(host)));
        named(environment, "GITLAB_HOST").ifPresent(host -> known.add(GitLab.at(host)));
        return new Servers(known);
    }

    /** One that fails hides no other. */
    private static List<PullRequests> discovered() {
        var found = new ArrayList<PullRequests>();
        Iterator<ServiceLoader.Provider<PullRequests>> services =
                ServiceLoader.load(PullRequests.class).stream().iterator();
        while (true) {
            try {
                if (!services.hasNext()) return found;
                found.add(services.next().get());
            } catch (ServiceConfigurationError broken) {
                LoggerFactory.getLogger(Servers.class).warn("A service for pull requests cannot be used", broken);
            }
        }
    }

    /** Users set a host, or a URL of it. */
    private static Optional<String> named(Map<String, String> environment, String variable) {
        String host = environment
                .getOrDefault(variable, "")
                .replaceFirst("^https://", "")
                .replaceFirst("/.*$", "");
        return host.matches("[A-Za-z0-9.-]+(?::\\d{1,5})?") ? Optional.of(host) : Optional.empty();
    }

    Optional<PullRequests> of(RemoteUrl repository) {
        for (PullRequests each : known) {
            try {
                if (each.supports(repository)) return Optional.of(each);
            } catch (RuntimeException guest) {
                LoggerFactory.getLogger(Servers.class).warn("{} failed", each.getClass(), guest);
            }
        }
        return lookalike(repository);
    }

    private static Optional<PullRequests> lookalike(RemoteUrl repository) {
        String host = repository.webAuthority();
        if (repository.owner().isEmpty() || !host.matches("[a-z0-9.-]+(?::\\d{1,5})?")) return Optional.empty();
        if (host.endsWith(".ghe.com")) return Optional.of(GitHub.at(host));
        if (host.startsWith("github.")) return Optional.of(GitHub.at(host).withoutVariables());
        if (host.startsWith("gitlab.")) return Optional.of(GitLab.at(host).withoutVariables());
        return Optional.empty();
    }
}
