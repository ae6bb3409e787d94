package io.trails.internal.settings;

import io.trails.ContainerBase;
import io.trails.ContainerRecipe;
import io.trails.ContainerService;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.internal.json.Json;
import io.trails.internal.json.JsonSyntaxException;
import io.trails.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Recipes of containers as text. What means the same is written the same: keys in one order, and only those that say something. */
public final class RecipeText {
    private RecipeText() {}

    /**
     * What {@link #write} wrote, perhaps a later one.
     *
     * @throws TrailsException {@code settings.invalid}, also for a key that is not known: to make a container without what it
     *     says would not be what was asked for
     */
    public static ContainerRecipe parse(String json) {
        Entry entry;
        try {
            entry = new Entry("recipe", "", Json.STRICT.read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonSyntaxException malformed) {
            throw new TrailsException(
                    "settings.invalid",
                    "A recipe of a container is a JSON object, but line " + malformed.line() + ", column "
                            + malformed.column() + " " + malformed.getMessage(),
                    malformed);
        }
        var warnings = new ArrayList<Reason>();
        ContainerRecipe recipe = RecipeParser.parse(entry, warnings);
        if (warnings.isEmpty()) return recipe;
        Reason first = warnings.get(0);
        throw new TrailsException("settings.invalid", first.message() + ". " + first.remedy());
    }

    public static String write(ContainerRecipe recipe) {
        var json = new JsonWriter();
        json.beginObject();
        recipe.base().ifPresent(base -> write(base, json));
        commands("setup", recipe.setup(), json);
        commands("install", recipe.install(), json);
        recipe.user().ifPresent(user -> json.name("user").string(user));
        if (!recipe.workdir().equals(ContainerRecipe.WORKDIR))
            json.name("workdir").string(recipe.workdir());
        members("environment", recipe.environment(), json);
        members("secrets", recipe.secrets(), json);
        members("caches", recipe.caches(), json);
        if (!recipe.services().isEmpty()) {
            json.name("services").beginArray();
            for (ContainerService service : recipe.services()) write(service, json);
            json.endArray();
        }
        strings("include", recipe.include(), json);
        strings("exclude", recipe.exclude(), json);
        return new String(json.endObject().toByteArray(), StandardCharsets.UTF_8);
    }

    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every JDK has SHA-256", impossible);
        }
    }

    private static void write(ContainerBase base, JsonWriter json) {
        if (base instanceof ContainerBase.Image image) json.name("image").string(image.address());
        if (base instanceof ContainerBase.Rootfs rootfs)
            json.name("rootfs").string(rootfs.directory().toString());
        if (base instanceof ContainerBase.Archive archive)
            json.name("archive").string(archive.file().toString());
    }

    private static void write(ContainerService service, JsonWriter json) {
        json.beginObject().name("name").string(service.name());
        write(service.base(), json);
        strings("command", service.argv(), json);
        members("environment", service.environment(), json);
        if (!service.ports().isEmpty()) {
            json.name("ports").beginArray();
            for (int port : new TreeSet<>(service.ports())) json.number(port);
            json.endArray();
        }
        json.endObject();
    }

    private static void commands(String key, List<List<String>> commands, JsonWriter json) {
        if (commands.isEmpty()) return;
        json.name(key).beginArray();
        for (List<String> command : commands) array(command, json);
        json.endArray();
    }

    private static void strings(String key, List<String> values, JsonWriter json) {
        if (values.isEmpty()) return;
        json.name(key);
        array(values, json);
    }

    private static void array(List<String> values, JsonWriter json) {
        json.beginArray();
        for (String value : values) json.string(value);
        json.endArray();
    }

    private static void members(String key, Map<String, String> members, JsonWriter json) {
        if (members.isEmpty()) return;
        json.name(key).beginObject();
        for (Map.Entry<String, String> member : new TreeMap<>(members).entrySet()) {
            json.name(member.getKey()).string(member.getValue());
        }
        json.endObject();
    }
}
