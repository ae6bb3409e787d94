package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.ContainerBase;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.TrailsException;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a recipe makes of a container, and what it says when it cannot be followed. */
class RecipeTest extends SessionBench {
    /** Containers of the double have the machine's loopback: a port that no other run of the test has at the same time. */
    private static final int PORT = 10_000 + (int) (ProcessHandle.current().pid() % 9_000);

    private void assertRefused(String code, ThrowingCallable creation, String... said) {
        assertThatThrownBy(creation)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(said);
        assertThat(place.resolve("own/recipe")).isEmptyDirectory();
    }

    @Test
    void without_a_recipe_commands_run_unprivileged_in_the_workspace_with_a_home() throws IOException {
        Session session = session("plain");
        assertThat(session.sh("id -u; pwd; cat README.md")).isEqualTo("1000\n/workspace\nA project.");
        assertThat(session.sh("echo kept > $HOME/note && cat $HOME/note")).isEqualTo("kept");
        assertThat(session.sh("touch new && rm new && echo writable")).isEqualTo("writable");
    }

    @Test
    void the_images_user_is_kept_unless_it_is_root_and_the_recipes_wins() throws IOException {
        played().image("of:agent", Image.base().user("nobody"));
        assertThat(with(ContainerRecipe.builder().image("of:agent")).sh("id -u; touch mine && echo ok"))
                .isEqualTo("65534\nok");
        assertThat(session(
                                "root",
                                request -> request.recipe(
                                        ContainerRecipe.builder().user("root").build()))
                        .sh("id -u"))
                .isEqualTo("0");
    }

    @Test
    void setup_runs_before_the_files_as_root_and_once_for_all_sessions() throws IOException {
        var recipe = ContainerRecipe.builder()
                .setup("sh", "-c", "echo tool > /opt-tool; ls -A /workspace 2>/dev/null | wc -l >> /opt-tool")
                .install("sh", "-c", "cat README.md > /installed; id -u >> /installed; echo made > made-by-install");
        Session one = with(recipe);
        assertThat(one.sh("cat /opt-tool /installed").split("\n")).containsExactly("tool", "0", "A project.0");
        assertThat(one.sh("echo more >> made-by-install; cat made-by-install")).isEqualTo("made\nmore");
        long before = played().traffic().executions();
        session("again", request -> request.recipe(recipe.build()));
        assertThat(played().traffic().executions() - before)
                .as("the setup of another session")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void variables_and_secrets_reach_commands_and_secrets_nothing_else() throws IOException {
        Path file = Files.writeString(place.resolve("key"), "s3cret-of-a-file\n");
        Session session = with(ContainerRecipe.builder()
                .environment("PLAIN", "two words")
                .secret("FIRST", "env:ACME_HOST_SECRET")
                .secret("SECOND", "file:" + file));
        assertThat(session.sh("echo \"$PLAIN ${#FIRST} ${#SECOND}\"")).isEqualTo("two words 18 16");
        assertThat(session.sh("echo $FIRST; echo $SECOND > leaked; cat leaked")).isEqualTo("[redacted]\n[redacted]");
        assertThat(played().traffic().queries())
                .extracting(Traffic.Query::text)
                .noneMatch(text -> text.contains("s3cret-of"));
        assertThat(session.plan().values().toString()).doesNotContain("s3cret-of");
    }

    @Test
    void a_rootfs_of_this_host_will_do() throws IOException {
        Path rootfs = Files.createDirectories(place.resolve("rootfs"));
        Files.createDirectories(rootfs.resolve("etc"));
        Files.writeString(rootfs.resolve("etc/own"), "mine");
        Session session = session(
                "rootfs",
                request -> request.recipe(ContainerRecipe.builder()
                        .base(ContainerBase.rootfs(rootfs))
                        .build()));
        assertThat(session.sh("cat /etc/own")).isEqualTo("mine");
    }

    @Test
    void an_exported_image_is_a_base_for_others_and_holds_no_secret() throws IOException {
        Session session = with(ContainerRecipe.builder().secret("TOKEN", "env:ACME_HOST_SECRET"));
        session.sh("echo work > file; echo system > $HOME/note");
        Path archive = place.resolve("image.tar");
        session.copy().exportImage(archive);
        String all = Files.readString(archive, StandardCharsets.ISO_8859_1);
        assertThat(all).doesNotContain("s3cret-of");
        // Not who made it, where and how, either.
        assertThat(all.substring(all.indexOf("\"history\":[")))
                .contains("created_by")
                .doesNotContain("run.sh", "echo", "local dir", place.toString(), "TRAILS_");
        Session other = session(
                "imported",
                request -> request.recipe(ContainerRecipe.builder()
                        .base(ContainerBase.archive(archive))
                        .build()));
        assertThat(other.sh("cat $HOME/note file")).isEqualTo("system\nwork");
        assertThatThrownBy(() -> session.copy().exportImage(archive))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("sandbox.export-refused"));
    }

    @Test
    void a_service_of_the_recipe_is_reached_by_its_name() throws IOException {
        Session session = with(ContainerRecipe.builder()
                .service(new ContainerService(
                        "greeter",
                        ContainerBase.image("debian:12"),
                        List.of("perl", "-MIO::Socket::INET", "-e", """
                                my $s = IO::Socket::INET->new(LocalAddr => '0.0.0.0:PORT', Listen => 5, ReuseAddr => 1) or die;
                                while (my $c = $s->accept) { print $c 'hello'; close $c }
                                """.replace("PORT", Integer.toString(PORT))),
                        Map.of(),
                        Set.of(PORT))));
        assertThat(session.sh("perl -MIO::Socket::INET -e" + " 'print IO::Socket::INET->new(PeerAddr => \"greeter:"
                        + PORT + "\")->getline'"))
                .isEqualTo("hello");
    }

    @Test
    void caches_outlive_a_session_and_belong_to_its_user() throws IOException {
        var recipe = ContainerRecipe.builder().cache("/var/cache/acme", "acme");
        remove(with(recipe));
        Session first = session("first", request -> request.recipe(recipe.build()));
        first.sh("echo downloaded > /var/cache/acme/file");
        Session second = session("second", request -> request.recipe(recipe.build()));
        assertThat(second.sh("cat /var/cache/acme/file")).isEqualTo("downloaded");
    }

    @Test
    void caches_are_given_to_a_user_whom_setup_made() throws IOException {
        Session session = with(ContainerRecipe.builder()
                .setup("sh", "-c", "echo acme:x:1234:1234::/home/trails:/bin/sh >> /etc/passwd")
                .user("acme")
                .cache("/var/cache/acme", "acme"));
        assertThat(session.sh("id -u; touch /var/cache/acme/file made; cat README.md"))
                .isEqualTo("1234\nA project.");
    }

    @Test
    void a_user_whom_the_container_does_not_know_is_named() {
        assertRefused(
                "dagger.recipe-failed",
                () -> with(ContainerRecipe.builder().user("nobody-knows-him")),
                "nobody-knows-him",
                "mend the recipe");
    }

    @Test
    void an_image_that_is_not_there_is_named() {
        assertRefused(
                "dagger.image-unavailable",
                () -> with(ContainerRecipe.builder().image("no/such:image")),
                "no/such:image",
                "name another base in the recipe");
    }

    @Test
    void a_base_without_a_shell_is_told_of_with_the_first_command() throws IOException {
        played().image("bare:1", Image.base().withoutPrograms());
        Session session = with(ContainerRecipe.builder().image("bare:1"));
        assertThatThrownBy(() -> session.run("true"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("exec.not-started"))
                .hasMessageContainingAll("/bin/sh", "recipe");
    }

    @Test
    void a_setup_command_that_fails_is_shown_with_what_it_wrote_but_no_secret() {
        var recipe = ContainerRecipe.builder()
                .secret("TOKEN", "env:ACME_HOST_SECRET")
                .setup("true")
                .setup("sh", "-c", "echo broken $TOKEN >&2; exit 7");
        assertRefused("dagger.setup-failed", () -> with(recipe), "exit code 7", "broken");
        assertThatThrownBy(() -> with(recipe)).hasMessageNotContaining("s3cret-of");
        var install = ContainerRecipe.builder().install("sh", "-c", "exit 3");
        assertRefused("dagger.install-failed", () -> with(install), "exit code 3");
    }

    @Test
    void a_secret_that_is_not_there_is_named() {
        assertRefused(
                "dagger.secret-missing",
                () -> with(ContainerRecipe.builder().secret("TOKEN", "env:NOBODY_SET_THIS")),
                "TOKEN",
                "NOBODY_SET_THIS");
        assertRefused(
                "dagger.secret-missing",
                () -> with(ContainerRecipe.builder().secret("TOKEN", "file:/no/such/file")),
                "/no/such/file");
    }

    @Test
    void an_image_that_names_the_superuser_with_a_group_does_not_make_commands_his() throws IOException {
        for (String user : List.of("0:1000", "root:1000", "00")) {
            played().image("privileged:1", Image.base().user(user));
            Session session = with(ContainerRecipe.builder().image("privileged:1"));
            assertThat(session.sh("id -u")).as(user).isEqualTo("1000");
            remove(session);
        }
    }
}
