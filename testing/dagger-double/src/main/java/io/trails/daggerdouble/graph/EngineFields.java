package io.trails.daggerdouble.graph;

import java.util.List;

final class EngineFields {

    private EngineFields() {}

    static void addTo(Fields fields) {
        fields.add(Value.Engine.class, "name", (engine, args, context) -> "engine-double");
        fields.add(Value.Engine.class, "clients", (engine, args, context) -> List.of());
        fields.add(Value.Engine.class, "localCache", (engine, args, context) -> new Value.EngineCache());
        fields.add(Value.EngineCache.class, "prune", (cache, args, context) -> {
            context.engine().prune();
            return null;
        });
        fields.add(Value.EngineCache.class, "entrySet", (cache, args, context) -> new Value.CacheSet());
        fields.add(Value.CacheSet.class, "entryCount", (set, args, context) -> 0);
        fields.add(Value.CacheSet.class, "diskSpaceBytes", (set, args, context) -> 0);
    }
}
