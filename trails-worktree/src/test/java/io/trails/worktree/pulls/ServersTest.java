package io.trails.worktree.pulls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServersTest {
    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/tool, github, https://api.github.com, GH_TOKEN",
        "ssh://git@ssh.github.com:443/acme/tool, github, https://api.github.com, GH_TOKEN",
        "https://acme.ghe.com/acme/tool, github, https://api.acme.ghe.com, GH_TOKEN",
        "https://code.acme.org/acme/tool, github, https://code.acme.org/api/v3, GH_ENTERPRISE_TOKEN",
        "git@github.evil.org:acme/tool, github, https://github.evil.org/api/v3, ''",
        "https://gitlab.com/g/sub/tool, gitlab, https://gitlab.com/api/v4, GITLAB_TOKEN",
        "git@lab.acme.org:g/tool, gitlab, https://lab.acme.org/api/v4, GITLAB_TOKEN",
        "https://gitlab.acme.org:8443/g/tool, gitlab, https://gitlab.acme.org:8443/api/v4, ''",
    })
    void a_tokens_variable_is_read_for_the_servers_it_is_meant_for(
            String url, String id, String base, String variable) {
        Servers servers = Servers.of(
                List.of(), false, Map.of("GH_HOST", "code.acme.org", "GITLAB_HOST", "https://lab.acme.org/"));
        RemoteUrl repository = RemoteUrl.parse(url).orElseThrow();

        PullRequests server = servers.of(repository).orElseThrow();

        assertThat(server.id()).isEqualTo(id);
        Api api = server instanceof GitHub hub ? hub.api() : ((GitLab) server).api();
        assertThat(api.base()).hasToString(base);
        List<String> variables = server.tokenVariables(repository);
        assertThat(variables.isEmpty() ? "" : variables.get(0)).isEqualTo(variable);
    }

    @ParameterizedTest
    @CsvSource({
        "git@git.example.org:acme/tool",
        "git@github-work:acme/tool",
        "https://notgithub.com/acme/tool",
        "https://github.com/tool",
        "git@github.exa_mple:acme/tool",
        "https://[::1]/acme/tool"
    })
    void other_servers_are_not_guessed(String url) {
        assertThat(Servers.of(List.of(), true, Map.of("GH_HOST", "not a host"))
                        .of(RemoteUrl.parse(url).orElseThrow()))
                .isEmpty();
    }

    @Test
    void the_hosts_own_server_is_asked_first() {
        PullRequests own = PullRequests.gitLab("github.com");
        assertThat(Servers.of(List.of(own), true, Map.of())
                        .of(RemoteUrl.parse("https://github.com/acme/tool").orElseThrow()))
                .contains(own);
    }
}
