package io.trails.daggerdouble.graph;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of the schema do, by type and name. */
final class Fields {

    interface Field<T extends Value> {
        @Nullable
        Object get(T parent, Args args, Context context);
    }

    /** Where and for whom a field is asked. */
    record Context(Engine engine, Caller caller) {}

    private final Map<String, Field<Value>> fields = new HashMap<>();

    @SuppressWarnings("unchecked")
    <T extends Value> void add(Class<T> type, String name, Field<T> field) {
        fields.put(type.getSimpleName() + "." + name, (Field<Value>) field);
    }

    @Nullable
    Object get(Engine engine, Value parent, String name, Args args, Caller caller) {
        Field<Value> field = fields.get(parent.getClass().getSimpleName() + "." + name);
        if (field == null) {
            throw new GraphFailure("the engine double has no " + parent.type() + "." + name);
        }
        Object result = field.get(parent, args, new Context(engine, caller));
        if (result instanceof Value value && value.call == null) {
            value.call = new Call(parent instanceof Value.Root ? null : parent, name, args.values());
        }
        return result;
    }
}
