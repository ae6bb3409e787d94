package io.trails.dagger.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says about itself when it is first asked.
 *
 * @param version such as {@code v0.21.8}
 * @param dialect in which it wants to be spoken to
 * @param missing what the steps need and it lacks, as {@code Type.field} or {@code Type.field(argument)}
 */
public record Introspection(String version, Dialect dialect, List<String> missing) {
    public Introspection {
        missing = List.copyOf(missing);
    }

    /** The request, the same for all dialects. Asking for single types takes an engine longer than asking for all of them. */
    public static Document request() {
        String query = "query{version __schema{types{name fields(includeDeprecated:true){name args{name}}}}}";
        return new Document(query, Map.of(), Map.of());
    }

    /**
     * Reads the answer.
     *
     * @param data the response's member {@code data}
     */
    public static Introspection read(Tree data) {
        String version =
                data.member("version").asText().orElseThrow(() -> new UnexpectedAnswerException("the version"));
        Map<String, Tree> types = new HashMap<>();
        for (Tree type : data.member("__schema").member("types").elements())
            type.member("name").asText().ifPresent(name -> types.put(name, type));
        Set<String> queries = fields(types.get("Query")).keySet();
        var missing = new ArrayList<String>();
        if (!queries.contains("node") && !queries.contains("loadContainerFromID")) missing.add("Query.node");
        new Vocabulary().types().forEach((type, needed) -> {
            Map<String, Set<String>> offered = fields(types.get(type));
            needed.forEach((field, arguments) -> lacking(type + "." + field, offered.get(field), arguments, missing));
        });
        return new Introspection(version, queries.contains("node") ? Dialect.NODE : Dialect.LOAD_BY_TYPE, missing);
    }

    private static void lacking(String name, @Nullable Set<String> offered, Set<String> needed, List<String> missing) {
        if (offered == null) {
            missing.add(name);
            return;
        }
        for (String argument : needed) {
            if (!offered.contains(argument)) missing.add(name + "(" + argument + ")");
        }
    }

    private static Map<String, Set<String>> fields(@Nullable Tree type) {
        if (type == null) return Map.of();
        Map<String, Set<String>> fields = new LinkedHashMap<>();
        for (Tree field : type.member("fields").elements()) {
            Set<String> arguments = new LinkedHashSet<>();
            for (Tree argument : field.member("args").elements())
                argument.member("name").asText().ifPresent(arguments::add);
            field.member("name").asText().ifPresent(name -> fields.put(name, arguments));
        }
        return fields;
    }
}
