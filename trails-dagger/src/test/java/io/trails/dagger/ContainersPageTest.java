package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.BroughtBack;
import io.trails.Command;
import io.trails.ContainerBase;
import io.trails.ContainerEngine;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.FileConflict;
import io.trails.Input;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Settings;
import io.trails.dagger.internal.recipe.Builder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ContainersPageTest extends SessionBench {
    private static final Path PAGE = Path.of("../docs/containers.md");

    private static List<String> blocks(String language) throws IOException {
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        var found = new ArrayList<String>();
        while (blocks.find()) found.add(blocks.group(1));
        return found;
    }

    private Settings read(String json) throws IOException {
        return Settings.read(Files.writeString(place.resolve("settings.json"), json));
    }

    @Test
    void the_page_quotes_code_that_compiles() throws IOException {
        String source = flat(Files.readString(Path.of("src/test/java/io/trails/dagger/ContainersPage.java")));
        assertThat(blocks("java"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(block -> assertThat(source).contains(flat(block)));
    }

    /** How far it is indented, and where its lines are broken, differs. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void the_recipe_on_the_page_is_read_as_it_is_explained() throws IOException {
        ContainerRecipe recipe = read(blocks("json").get(0)).container().orElseThrow();
        assertThat(recipe.base()).contains(ContainerBase.image("debian:12-slim"));
        assertThat(recipe.setup()).hasSize(2);
        assertThat(recipe.install()).containsExactly(List.of("make", "dependencies"));
        assertThat(recipe.secrets()).isEqualTo(Map.of("API_TOKEN", "env:API_TOKEN"));
        assertThat(recipe.caches()).isEqualTo(Map.of("/home/trails/.m2", "maven"));
        assertThat(recipe.services()).extracting(ContainerService::name).containsExactly("db");
        assertThat(recipe.include()).containsExactly(".env.test");
        assertThat(recipe.exclude()).containsExactly("docs");
    }

    @Test
    void the_table_has_every_key_of_a_recipe_and_the_defaults() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| key | type |"), page.indexOf("\n\n- `setup` runs"));
        String keys = ContainerRecipe.builder()
                .image("an:image")
                .setup("a")
                .install("a")
                .user("a")
                .workdir("/a")
                .environment("A", "a")
                .secret("B", "env:B")
                .cache("/c", "c")
                .service(new ContainerService("a", ContainerBase.image("an:image"), List.of("a"), Map.of(), Set.of(1)))
                .include("a")
                .exclude("b")
                .build()
                .text();
        Matcher names = Pattern.compile("\"([a-z]+)\":").matcher(keys);
        assertThat(names.results())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(table).contains("`" + name.group(1) + "`"));
        assertThat(table).contains("`" + Builder.DEFAULT_IMAGE + "`", "`" + ContainerRecipe.WORKDIR + "`");
    }

    @Test
    void the_engines_on_the_page_are_read_as_they_are_explained() throws IOException {
        Collection<ContainerEngine> engines =
                read(blocks("json").get(1)).engines().values();
        assertThat(engines).extracting(ContainerEngine::name).containsExactlyInAnyOrder("default", "offline");
        assertThat(engines)
                .filteredOn(engine -> engine.name().equals("offline"))
                .allSatisfy(engine -> {
                    assertThat(engine.runnerHost()).contains("unix:///run/engine-offline.sock");
                    assertThat(engine.network()).isInstanceOf(NetworkPolicy.None.class);
                    assertThat(engine.limits().get(Limits.Kind.MEMORY)).hasValue(4096L << 20);
                });
    }

    @Test
    void a_conflict_is_settled_as_the_page_says() throws Exception {
        for (String name : List.of("mine", "theirs", "gone")) Files.writeString(files.resolve(name), "before");
        Session session = session("conflicts");
        BroughtBack withheld = conflictsIn(session);
        assertThat(withheld.conflicts())
                .extracting(FileConflict::path)
                .containsExactlyInAnyOrder("mine", "theirs", "gone");

        for (FileConflict conflict : withheld.conflicts()) {
            Path here = files.resolve(conflict.path());
            switch (conflict.path()) {
                case "theirs" -> Files.copy(conflict.kept().orElseThrow(), here, StandardCopyOption.REPLACE_EXISTING);
                case "mine" ->
                    session.sandbox()
                            .exec(Command.of("sh", "-c", "cat > \"$1\"", "sh", "mine")
                                    .stdin(Input.file(here)))
                            .orThrow();
                default ->
                    session.sandbox().exec(Command.of("rm", "-f", "--", "gone")).orThrow();
            }
        }
        assertThat(session.copy().bringBack().conflicts()).isEmpty();
        assertThat(session.sh("cat mine theirs; ls")).isEqualTo("user\nsession\nREADME.md\nmine\ntheirs");
        assertThat(files.resolve("mine")).hasContent("user");
        assertThat(files.resolve("theirs")).hasContent("session");
        assertThat(files.resolve("gone")).doesNotExist();
    }

    /** The command calls when it runs, and changes files when it is answered: containers of the double share the loopback. */
    private BroughtBack conflictsIn(Session session) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) LIMIT.toMillis());
            String call =
                    "import socket; socket.create_connection(('127.0.0.1', " + server.getLocalPort() + ")).recv(1)";
            Command changing = Command.of(
                            "sh",
                            "-c",
                            "python3 -c \"$1\"; for f in mine theirs gone; do echo session > $f; done",
                            "sh",
                            call)
                    .timeout(LIMIT);
            var command = new FutureTask<>(() -> session.sandbox().exec(changing));
            var thread = new Thread(command, "changing");
            thread.start();
            try (Socket called = server.accept()) {
                Files.writeString(files.resolve("mine"), "user\n");
                Files.writeString(files.resolve("theirs"), "user\n");
                Files.delete(files.resolve("gone"));
                called.getOutputStream().write(1);
            }
            command.get(LIMIT.toSeconds(), TimeUnit.SECONDS).orThrow();
            thread.join(LIMIT.toMillis());
        }
        return session.copy().bringBack();
    }
}
