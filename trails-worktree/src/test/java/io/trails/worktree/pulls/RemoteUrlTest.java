package io.trails.worktree.pulls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/tool.git, https://github.com/acme/tool, github.com",
        "https://github.com/acme/tool/, https://github.com/acme/tool, github.com",
        "HTTPS://GitHub.com/Acme/Tool, https://github.com/Acme/Tool, github.com",
        "https://ann:s3cret@git.example.org:8443/acme/tool.git, https://git.example.org:8443/acme/tool, git.example.org:8443",
        "https://git.example.org:443/acme/tool.git, https://git.example.org:443/acme/tool, git.example.org",
        "http://git.example.org:8080/acme/tool, http://git.example.org:8080/acme/tool, git.example.org",
        "ssh://git@git.example.org:2222/group/sub/tool.git, ssh://git.example.org:2222/group/sub/tool, git.example.org",
        "git+ssh://git@git.example.org/acme/tool, ssh://git.example.org/acme/tool, git.example.org",
        "git@github.com:acme/tool.git, ssh://github.com/acme/tool, github.com",
        "git@gitlab.com:group/sub/deeper/tool.git, ssh://gitlab.com/group/sub/deeper/tool, gitlab.com",
        "gitlab.com:/group/tool, ssh://gitlab.com/group/tool, gitlab.com",
        "ssh://git@ssh.github.com:443/acme/tool.git, ssh://ssh.github.com:443/acme/tool, github.com",
        "ssh://git@[2001:DB8::1]:2222/acme/tool.git, ssh://[2001:db8::1]:2222/acme/tool, [2001:db8::1]",
        "https://[::1]/acme/tool, https://[::1]/acme/tool, [::1]",
        "git@[2001:db8::1]:acme/tool.git, ssh://[2001:db8::1]/acme/tool, [2001:db8::1]",
        "[git.example.org:2222]:acme/tool, ssh://git.example.org:2222/acme/tool, git.example.org",
        "git://git.example.org/tool.git, git://git.example.org/tool, git.example.org",
    })
    void urls_as_git_takes_them_are_read(String url, String read, String web) {
        RemoteUrl remote = RemoteUrl.parse(url).orElseThrow();
        assertThat(remote).hasToString(read);
        assertThat(remote.webAuthority()).isEqualTo(web);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/srv/git/tool.git",
                "../tool.git",
                "./with:colon",
                "C:\\git\\tool",
                "c:/git/tool",
                "file:///srv/git/tool.git",
                "ext::sh -c true",
                "https://github.com",
                "https://github.com/",
                "https://github.com/.git",
                "https://github.com:99999/acme/tool",
                "https:///acme/tool",
                "ftp://git.example.org/acme/tool",
                "host:",
                "https://github.com/acme/to\nol",
            })
    void what_names_no_repository_on_a_server_is_none(String url) {
        assertThat(RemoteUrl.parse(url)).isEqualTo(Optional.empty());
    }

    @Test
    void owner_and_name_are_the_ends_of_the_path() {
        RemoteUrl remote = RemoteUrl.parse("git@gitlab.com:group/sub/tool.git").orElseThrow();
        assertThat(remote.owner()).isEqualTo("group/sub");
        assertThat(remote.name()).isEqualTo("tool");
    }

    @Test
    void a_password_in_the_url_is_nowhere_in_what_is_read() {
        assertThat(RemoteUrl.parse("https://ann:p@ss@git.example.org/acme/tool").orElseThrow())
                .hasToString("https://git.example.org/acme/tool");
    }
}
