package io.trails.internal.settings;

import io.trails.ContainerBase;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads how a container is made, from a settings file or from what was stored. */
final class RecipeParser {
    private static final int MOST_PORTS = 65_535;

    private RecipeParser() {}

    static ContainerRecipe parse(Entry entry, List<Reason> warnings) {
        var section = new Section(entry);
        ContainerRecipe.Builder recipe = ContainerRecipe.builder();
        base(entry, section).ifPresent(recipe::base);
        section.find("setup").ifPresent(list -> commands(list, recipe::setup));
        section.find("install").ifPresent(list -> commands(list, recipe::install));
        section.find("user").ifPresent(user -> check(user, () -> recipe.user(user.text())));
        section.find("workdir").ifPresent(path -> check(path, () -> recipe.workdir(path.text())));
        section.find("environment")
                .ifPresent(variables -> variables.members().forEach((name, value) -> {
                    String given = value.string();
                    check(value, () -> recipe.environment(name, given));
                }));
        section.find("secrets").ifPresent(secrets -> secrets(secrets, recipe));
        section.find("caches")
                .ifPresent(caches ->
                        caches.members().forEach((path, key) -> check(key, () -> recipe.cache(path, key.text()))));
        for (Entry service : section.find("services").map(Entry::items).orElse(List.of())) {
            ContainerService parsed = service(service, warnings);
            check(service, () -> recipe.service(parsed));
        }
        section.find("include").ifPresent(patterns -> patterns(patterns, recipe::include));
        section.find("exclude").ifPresent(patterns -> patterns(patterns, recipe::exclude));
        section.end(warnings);
        try {
            return recipe.build();
        } catch (IllegalArgumentException wrong) {
            throw entry.failure("is no recipe: " + wrong.getMessage());
        }
    }

    /** The three ways to say it exclude each other. */
    private static Optional<ContainerBase> base(Entry entry, Section section) {
        Optional<ContainerBase> image =
                section.find("image").map(address -> valid(address, "the address of an image", ContainerBase::image));
        Optional<ContainerBase> rootfs = section.find("rootfs")
                .map(path -> valid(path, "an absolute path", text -> ContainerBase.rootfs(Path.of(text))));
        Optional<ContainerBase> archive = section.find("archive")
                .map(path -> valid(path, "an absolute path", text -> ContainerBase.archive(Path.of(text))));
        int named = (image.isPresent() ? 1 : 0) + (rootfs.isPresent() ? 1 : 0) + (archive.isPresent() ? 1 : 0);
        if (named > 1) throw entry.failure("starts from one thing: name one of 'image', 'rootfs' and 'archive'");
        return image.or(() -> rootfs).or(() -> archive);
    }

    private interface Reader {
        ContainerBase read(String text);
    }

    private static ContainerBase valid(Entry entry, String expected, Reader reader) {
        String text = entry.text();
        try {
            return reader.read(text);
        } catch (IllegalArgumentException wrong) {
            throw entry.invalid(expected);
        }
    }

    private static void commands(Entry list, Consumer<String[]> add) {
        for (Entry command : list.items()) {
            String[] argv = command.strings().toArray(new String[0]);
            check(command, () -> add.accept(argv));
        }
    }

    private static void patterns(Entry list, Consumer<String> add) {
        for (Entry pattern : list.items()) check(pattern, () -> add.accept(pattern.text()));
    }

    /** A value that stands where only a reference may be is not repeated in the error. */
    private static void secrets(Entry entry, ContainerRecipe.Builder recipe) {
        for (Map.Entry<String, Entry> secret : entry.members().entrySet()) {
            check(
                    secret.getValue(),
                    () -> recipe.secret(secret.getKey(), secret.getValue().text()));
        }
    }

    private static ContainerService service(Entry entry, List<Reason> warnings) {
        var section = new Section(entry);
        String name = section.require("name", "by which it is reached").text();
        Optional<ContainerBase> base = base(entry, section);
        if (base.isEmpty()) throw entry.failure("needs 'image', 'rootfs' or 'archive'");
        List<String> command = section.find("command").map(Entry::strings).orElse(List.of());
        var environment = new LinkedHashMap<String, String>();
        section.find("environment")
                .ifPresent(variables ->
                        variables.members().forEach((variable, value) -> environment.put(variable, value.string())));
        Set<Integer> ports = ports(section.find("ports"));
        section.end(warnings);
        try {
            return new ContainerService(name, base.get(), command, environment, ports);
        } catch (IllegalArgumentException wrong) {
            throw entry.failure("is no service: " + wrong.getMessage());
        }
    }

    private static Set<Integer> ports(Optional<Entry> list) {
        var ports = new LinkedHashSet<Integer>();
        if (list.isEmpty()) return ports;
        for (Entry port : new ArrayList<>(list.get().items())) ports.add((int) port.number(MOST_PORTS));
        return ports;
    }

    private static void check(Entry entry, Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException wrong) {
            throw entry.failure("is wrong: " + wrong.getMessage());
        }
    }
}
