package io.trails.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.ContainerBase;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.TrailsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTextTest {
    @Test
    void a_recipe_that_says_nothing_is_an_empty_object() {
        assertThat(ContainerRecipe.empty().text()).isEqualTo("{}");
        assertThat(ContainerRecipe.parse("{}")).isEqualTo(ContainerRecipe.empty());
    }

    @Test
    void every_key_is_written_in_one_order() {
        ContainerRecipe recipe = ContainerRecipe.builder()
                .exclude("*.iso")
                .include("build/**")
                .service(new ContainerService(
                        "db",
                        ContainerBase.image("postgres:16"),
                        List.of("postgres", ""),
                        Map.of("B", "2", "A", "1"),
                        Set.of(9, 5432)))
                .cache("/root/.m2/", "maven")
                .secret("TOKEN", "env:HOST_TOKEN")
                .environment("LANG", "C.UTF-8")
                .workdir("/src")
                .user("build:build")
                .install("mvn", "-q", "compile")
                .setup("apt-get", "update")
                .image("debian:12-slim")
                .build();
        assertThat(recipe.text())
                .isEqualTo("{\"image\":\"debian:12-slim\",\"setup\":[[\"apt-get\",\"update\"]],"
                        + "\"install\":[[\"mvn\",\"-q\",\"compile\"]],\"user\":\"build:build\",\"workdir\":\"/src\","
                        + "\"environment\":{\"LANG\":\"C.UTF-8\"},\"secrets\":{\"TOKEN\":\"env:HOST_TOKEN\"},"
                        + "\"caches\":{\"/root/.m2\":\"maven\"},\"services\":[{\"name\":\"db\",\"image\":\"postgres:16\","
                        + "\"command\":[\"postgres\",\"\"],\"environment\":{\"A\":\"1\",\"B\":\"2\"},"
                        + "\"ports\":[9,5432]}],\"include\":[\"build/**\"],\"exclude\":[\"*.iso\"]}");
        assertThat(ContainerRecipe.parse(recipe.text())).isEqualTo(recipe);
    }

    @Test
    void the_hash_names_its_algorithm_and_is_that_of_the_text() {
        // printf '{}' | sha256sum
        assertThat(ContainerRecipe.empty().hash())
                .isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Property(tries = 300)
    void what_was_written_is_read_back_as_it_was(@ForAll("recipes") ContainerRecipe recipe) {
        ContainerRecipe back = ContainerRecipe.parse(recipe.text());
        assertThat(back.text()).isEqualTo(recipe.text());
        assertThat(back.hash()).isEqualTo(recipe.hash());
        assertThat(back.base()).isEqualTo(recipe.base());
        assertThat(back.setup()).isEqualTo(recipe.setup());
        assertThat(back.install()).isEqualTo(recipe.install());
        assertThat(back.user()).isEqualTo(recipe.user());
        assertThat(back.workdir()).isEqualTo(recipe.workdir());
        assertThat(back.environment()).isEqualTo(recipe.environment());
        assertThat(back.secrets()).isEqualTo(recipe.secrets());
        assertThat(back.caches()).isEqualTo(recipe.caches());
        assertThat(back.services()).isEqualTo(recipe.services());
        assertThat(back.include()).isEqualTo(recipe.include());
        assertThat(back.exclude()).isEqualTo(recipe.exclude());
    }

    @Property(tries = 100)
    void the_order_in_which_variables_were_named_makes_no_difference(
            @ForAll("environments") Map<String, String> variables) {
        ContainerRecipe.Builder one = ContainerRecipe.builder();
        ContainerRecipe.Builder other = ContainerRecipe.builder();
        List<String> names = List.copyOf(variables.keySet());
        for (int i = 0; i < names.size(); i++) {
            String first = names.get(i);
            String last = names.get(names.size() - 1 - i);
            one.environment(first, variables.getOrDefault(first, ""));
            other.environment(last, variables.getOrDefault(last, ""));
        }
        assertThat(one.build().hash()).isEqualTo(other.build().hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | JSON",
                "[] | must be an object",
                "{\"image\":\"a\",\"rootfs\":\"/b\"} | name one of",
                "{\"image\":\"--privileged\"} | 'image' must be the address",
                "{\"rootfs\":\"b\"} | 'rootfs' must be an absolute path",
                "{\"setup\":[[]]} | 'setup[0]' is wrong",
                "{\"setup\":[\"make all\"]} | 'setup[0]' must be a list",
                "{\"user\":\"a b\"} | No user",
                "{\"workdir\":\"/\"} | 'workdir' is wrong",
                "{\"workdir\":\"/a/../b\"} | 'workdir' is wrong",
                "{\"caches\":{\"/workspace\":\"k\"}} | would cover",
                "{\"environment\":{\"A\":\"1\"},\"secrets\":{\"A\":\"env:A\"}} | secret and not",
                "{\"secrets\":{\"A\":\"file:b\"}} | 'secrets.A' is wrong",
                "{\"services\":[{\"name\":\"a\"}]} | needs 'image'",
                "{\"services\":[{\"name\":\"a\",\"image\":\"i\"},{\"name\":\"a\",\"image\":\"i\"}]} | Two services",
                "{\"services\":[{\"name\":\"a\",\"image\":\"i\",\"ports\":[70000]}]} | from 0 to 65535, but is 70000",
                "{\"include\":[\"[\"]} | '[' without ']'",
                "{\"include\":[\"a[!]\"]} | '[' without ']'",
                "{\"exclude\":[\"a\\nb\"]} | one line",
                "{\"privileged\":true} | 'privileged' is not known",
            })
    void what_is_no_recipe_is_refused(String text, String says) {
        assertThatThrownBy(() -> ContainerRecipe.parse(text))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        refused -> assertThat(refused.code()).isEqualTo("settings.invalid"))
                .hasMessageContaining(says);
    }

    @Test
    void patterns_are_those_of_a_gitignore() {
        var patterns = List.of("{{project}}/", "{a", "[]x]", "\\[a", "!b[a-z]", "**/*.log");
        ContainerRecipe.Builder recipe = ContainerRecipe.builder();
        patterns.forEach(recipe::include);
        assertThat(ContainerRecipe.parse(recipe.build().text()).include()).isEqualTo(patterns);
    }

    @Test
    void a_secret_that_was_written_down_by_mistake_is_not_repeated() {
        assertThatThrownBy(() -> ContainerRecipe.parse("{\"secrets\":{\"TOKEN\":\"hunter2\"}}"))
                .isInstanceOf(TrailsException.class)
                .hasMessageContaining("secrets.TOKEN")
                .hasMessageNotContaining("hunter2");
    }

    @Provide
    Arbitrary<Map<String, String>> environments() {
        return Arbitraries.maps(names(), texts()).ofMaxSize(5);
    }

    @Provide
    Arbitrary<ContainerRecipe> recipes() {
        Arbitrary<List<List<String>>> commands = Combinators.combine(
                        Arbitraries.strings().ofMinLength(1).filter(text -> text.indexOf('\0') < 0),
                        texts().list().ofMaxSize(3))
                .as((program, arguments) -> {
                    var argv = new ArrayList<String>();
                    argv.add(program);
                    argv.addAll(arguments);
                    return List.copyOf(argv);
                })
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        bases().optional(),
                        commands,
                        commands,
                        environments(),
                        services().list().ofMaxSize(1),
                        Arbitraries.of("/workspace", "/src", "/home/a b/\u00e9"),
                        Arbitraries.maps(names().map(name -> "S" + name), Arbitraries.of("env:A", "file:/run/s"))
                                .ofMaxSize(2),
                        names().list().ofMaxSize(2))
                .as((base, setup, install, environment, services, workdir, secrets, globs) -> {
                    ContainerRecipe.Builder recipe = ContainerRecipe.builder().workdir(workdir);
                    base.ifPresent(recipe::base);
                    for (List<String> argv : setup) recipe.setup(argv.toArray(new String[0]));
                    for (List<String> argv : install) recipe.install(argv.toArray(new String[0]));
                    environment.forEach((name, value) -> {
                        if (!name.startsWith("S")) recipe.environment(name, value);
                    });
                    secrets.forEach(recipe::secret);
                    services.forEach(recipe::service);
                    for (String glob : globs)
                        recipe.include(glob).exclude(glob + "/**").cache("/c/" + glob, glob);
                    if (!globs.isEmpty()) recipe.user("u" + globs.size());
                    return recipe.build();
                });
    }

    private static Arbitrary<ContainerService> services() {
        return Combinators.combine(
                        Arbitraries.of("db", "a-1"),
                        bases(),
                        texts().list().ofMaxSize(2),
                        Arbitraries.maps(names(), texts()).ofMaxSize(2),
                        Arbitraries.integers().between(1, 65535).set().ofMaxSize(3))
                .as(ContainerService::new);
    }

    private static Arbitrary<ContainerBase> bases() {
        return Arbitraries.of(
                ContainerBase.image("debian@sha256:00"),
                ContainerBase.rootfs(Path.of("/srv/root")),
                ContainerBase.archive(Path.of("/srv/a b.tar")));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    }

    /** With unpaired surrogates, control characters and all. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(12).filter(text -> text.indexOf('\0') < 0);
    }
}
