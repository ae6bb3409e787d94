package io.trails.dagger.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls that are made of one object, each once however many leaves lie behind it. Single-threaded. */
final class Selection {
    private final Map<Call, Branch> branches = new LinkedHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    /**
     * @param field as the schema names it
     * @param key by which the answer names it
     */
    private record Branch(String field, String key, Selection below) {}

    /** Adds a chain and returns the names that lead to its end in the answer. */
    List<String> add(Chain chain, Dialect dialect) {
        var place = new ArrayList<String>();
        Selection at = this;
        for (Call call : chain.calls()) {
            Branch branch = at.branch(call, dialect);
            place.add(branch.key());
            at = branch.below();
        }
        return place;
    }

    private Branch branch(Call call, Dialect dialect) {
        Branch known = branches.get(call);
        if (known != null) return known;
        String field = field(call, dialect);
        int use = uses.merge(field, 1, Integer::sum);
        // No field of the schema has an underscore inside its name.
        var made = new Branch(field, use == 1 ? field : field + "_" + use, new Selection());
        branches.put(call, made);
        return made;
    }

    private static String field(Call call, Dialect dialect) {
        if (call instanceof Call.Field field) return field.name();
        var load = (Call.Load) call;
        return switch (dialect) {
            case NODE -> "node";
            case LOAD_BY_TYPE -> "load" + load.id().type() + "FromID";
        };
    }

    void write(QueryText out, Dialect dialect) {
        out.raw("{");
        String gap = "";
        for (Map.Entry<Call, Branch> each : branches.entrySet()) {
            out.raw(gap);
            gap = " ";
            Branch branch = each.getValue();
            if (!branch.key().equals(branch.field())) out.raw(branch.key()).raw(":");
            out.raw(branch.field());
            boolean typed = false;
            if (each.getKey() instanceof Call.Field field) {
                out.arguments(field.arguments());
            } else if (each.getKey() instanceof Call.Load load) {
                out.arguments(List.of(Argument.id("id", load.id())));
                typed = dialect == Dialect.NODE;
                if (typed) out.raw("{... on ").raw(load.id().type());
            }
            if (!branch.below().branches.isEmpty()) branch.below().write(out, dialect);
            if (typed) out.raw("}");
        }
        out.raw("}");
    }
}
